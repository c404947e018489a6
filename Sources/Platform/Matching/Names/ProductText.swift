/// What a ledger or a tool writes of one product: each column as it stands.
package struct ProductText: Sendable, Hashable {
  /// OS and firmware, or the name of a program: `FortiGate-60F ／ FortiOS v7.2.8 build1639`.
  package var text: String
  /// 型番.
  package var model: String
  /// メーカー.
  package var maker: String
  /// A version that stands in a column of its own: `10.0.19045.5131`.
  package var version: String

  package init(_ text: String, model: String = "", maker: String = "", version: String = "") {
    self.text = text
    self.model = model
    self.maker = maker
    self.version = version
  }
}
