import Web

/// The addresses of this capability.
enum AssessmentPath {
  static let list = "/assess"

  static func round(_ id: String, _ period: String? = nil) -> String {
    "\(list)/\(id)" + (period.map { "?period=\($0)" } ?? "")
  }

  /// One sheet for the director.
  static let director = "/assess/director"

  static func scores(_ id: String, _ period: String? = nil) -> String {
    "\(list)/\(id)/scores" + (period.map { "?period=\($0)" } ?? "")
  }

  static func difference(_ id: String, _ period: String) -> String {
    "\(list)/\(id)/difference?period=\(period)"
  }

  static func attachment(_ id: String) -> String { "\(list)/evidence/\(Percent.encode(id))" }

  /// Where evidence is sent to, from the address of an item.
  static func attachments(_ item: String) -> String {
    let parts = item.split(separator: "?", maxSplits: 1)
    return "\(parts[0])/evidence" + (parts.count == 2 ? "?\(parts[1])" : "")
  }

  /// Where whoever was asked for one answer sends it.
  static func asked(_ id: String, _ key: String, _ period: String) -> String {
    "\(list)/\(id)/items/\(Percent.encode(key))/asked?period=\(period)"
  }

  static func item(_ id: String, _ key: String, _ period: String) -> String {
    "\(list)/\(id)/items/\(Percent.encode(key))?period=\(period)"
  }

  static func inspection(_ id: String) -> String { "\(list)/\(id)/inspection" }

  static func official(_ id: String) -> String { "\(list)/\(id)/official" }

  /// What one vendor is asked for of the hospital's own round.
  static func askedVendor(_ id: String, _ vendor: String, _ period: String? = nil, verb: String = "") -> String {
    "\(list)/\(id)/asked/\(Percent.encode(vendor))\(verb.isEmpty ? "" : "/\(verb)")"
      + (period.map { "?period=\($0)" } ?? "")
  }

  /// The link of a department or a vendor that is asked for items.
  static func askedLink(_ id: String, _ whom: String, _ period: String, verb: String = "") -> String {
    "\(list)/\(id)/links/\(Percent.encode(whom))\(verb.isEmpty ? "" : "/\(verb)")?period=\(period)"
  }

  /// Where what came by a link is made the hospital's answer.
  static func reply(_ id: String, _ key: String, _ period: String) -> String {
    "\(list)/\(id)/items/\(Percent.encode(key))/reply?period=\(period)"
  }

  /// The form of one vendor.
  static func vendor(_ id: String, _ vendor: String, _ period: String? = nil) -> String {
    "\(list)/\(id)/vendors/\(Percent.encode(vendor))" + (period.map { "?period=\($0)" } ?? "")
  }
}
