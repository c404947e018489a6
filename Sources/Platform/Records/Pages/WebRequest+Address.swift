import Design
import Web

extension WebRequest {
  /// A page with what was asked of it: the filter, the order and the part of a list.
  package func address(_ path: String) -> Address { Address(path, query.fields.map { ($0.name, $0.value) }) }
}
