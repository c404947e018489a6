import Design
import Text

/// What of 「台帳にない機器」 is shown, as its address says it.
struct UnlistedList: Sendable {
  let address: Address

  static let unit = Unit(ja: "台", one: "device", many: "devices")

  init(_ address: Address) { self.address = address }

  var query: UnlistedQuery {
    UnlistedQuery(
      address["state"].flatMap(Sighting.State.init(rawValue:)) ?? .open,
      text: address["q"] ?? "",
      source: address["source"].flatMap(Sighting.Source.init(rawValue:))
    )
  }

  /// So many on one page: the smallest part unless another is asked for.
  static func size(_ address: Address) -> Int {
    Pager.size(address["size"]) ?? Pager.sizes[0]
  }

  func pager(total: Int) -> Pager {
    Pager(
      address: address,
      number: Int(address["page"] ?? "") ?? 1,
      size: Self.size(address),
      total: total,
      unit: Self.unit
    )
  }
}
