import Packs
import Text

/// An outside contact the program ships, from `organization/contacts.yaml`: unverified, with what the source says.
struct ContactPack: Sendable {
  let name: Localized
  let purpose: Localized
  let phone: String?
  let email: String?
  let address: String?
  let state: Localized

  static let all: [ContactPack] = Packs.require(path, read)
  static let pack: Pack = Packs.require(path) { $0 }

  private static let path = "organization/contacts.yaml"

  private static func read(_ pack: Pack) throws(PackError) -> [ContactPack] {
    var contacts: [ContactPack] = []
    for entry in pack.entries {
      try entry.allow(["name", "purpose", "phone", "email", "address", "state"])
      contacts.append(
        ContactPack(
          name: Localized(try entry.words("name")),
          purpose: Localized(try entry.words("purpose")),
          phone: try entry.optionalText("phone"),
          email: try entry.optionalText("email"),
          address: try entry.optionalText("address"),
          state: Localized(try entry.words("state"))
        )
      )
    }
    return contacts
  }

  /// Under which it is found among the contacts that are there.
  var foldedName: String { Fold.key(name.ja) }

  /// As a record of the kind `contact`, not verified.
  func values(position: Int) -> [String: String] {
    [
      "name": name.ja, "purpose": purpose.ja, "phone": phone ?? "", "email": email ?? "", "address": address ?? "",
      "position": String(position * 10), "source": "\(state.ja)（\(Self.pack.source.title)）",
    ]
  }
}
