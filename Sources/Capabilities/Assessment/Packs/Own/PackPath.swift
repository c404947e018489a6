import Web

/// The addresses of the packs themselves; their rounds are under `/assess`.
enum PackPath {
  static let list = "/checklists"
  static let bundle = "/checklists/bundle"

  static func pack(_ id: String) -> String { "\(list)/\(Percent.encode(id))" }
  static func file(_ id: String) -> String { "\(pack(id))/file" }
  static func confirm(_ id: String) -> String { "\(pack(id))/confirm" }
}
