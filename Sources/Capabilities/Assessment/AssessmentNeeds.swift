import Nouns
import Sealing
import Text

/// What the self-checks need from others, in their own words.
package struct AssessmentNeeds: Sendable {
  /// A record by the address of its page: what it is called and what it says now; nil where that is no record the reader
  /// may see.
  package var page: @Sendable (String, Scope<ReadLedger>) async throws -> (title: String, contents: String)?

  /// The departments of a facility.
  package var departments: @Sendable (FacilityID) async throws -> [(id: String, name: String)]
  /// The accounts that may read the checklists of a facility.
  package var people: @Sendable (FacilityID) async throws -> [(id: String, name: String)]
  /// The id of the account that signs in with a user name.
  package var account: @Sendable (String, FacilityID) async throws -> String?
  /// The departments in which somebody has an account that reads the checklists.
  package var answering: @Sendable (FacilityID) async throws -> Set<String>
  /// Every facility of the installation, with its beds where they are known.
  package var facilities: @Sendable () async throws -> [(id: FacilityID, name: String, beds: Int?)]

  /// Puts messages into the inboxes of those they are for.
  package var tell: @Sendable ([Notice], FacilityID) async throws -> Void

  /// Under which address people reach these pages, for the links in mails, empty where it is not set; nil where the
  /// facility sends no mail.
  package var mailing: @Sendable (FacilityID) async throws -> String?
  /// Puts mails to people without an account into the facility's post; false where it sends no mail.
  package var post: @Sendable ([Mail], FacilityID) async throws -> Bool

  /// A mail to somebody outside.
  package struct Mail: Sendable, Hashable {
    package let recipient: String
    package let subject: String
    package let text: String
  }

  /// A message to one account, or to everybody who answers for a department.
  package struct Notice: Sendable, Hashable {
    package let department: String?
    package let person: String?
    /// Of two with one origin an account gets the first only.
    package let origin: String
    package let title: Localized
    package let text: Localized
    package let link: String
  }

  /// Signs bundles of packs.
  package var key: SigningKey
  /// Whose bundles the installation takes, by the fingerprint of a key.
  package var signer: @Sendable (String) async throws -> BundleTrust

  package init(
    page: @escaping @Sendable (String, Scope<ReadLedger>) async throws -> (title: String, contents: String)? = {
      _,
      _ in nil
    },
    departments: @escaping @Sendable (FacilityID) async throws -> [(id: String, name: String)] = { _ in [] },
    people: @escaping @Sendable (FacilityID) async throws -> [(id: String, name: String)] = { _ in [] },
    account: @escaping @Sendable (String, FacilityID) async throws -> String? = { _, _ in nil },
    answering: @escaping @Sendable (FacilityID) async throws -> Set<String> = { _ in [] },
    facilities: @escaping @Sendable () async throws -> [(id: FacilityID, name: String, beds: Int?)] = { [] },
    tell: @escaping @Sendable ([Notice], FacilityID) async throws -> Void = { _, _ in },
    mailing: @escaping @Sendable (FacilityID) async throws -> String? = { _ in nil },
    post: @escaping @Sendable ([Mail], FacilityID) async throws -> Bool = { _, _ in false },
    key: SigningKey = SigningKey(),
    signer: @escaping @Sendable (String) async throws -> BundleTrust = { _ in .unknown }
  ) {
    self.page = page
    self.departments = departments
    self.people = people
    self.account = account
    self.answering = answering
    self.facilities = facilities
    self.tell = tell
    self.mailing = mailing
    self.post = post
    self.key = key
    self.signer = signer
  }
}
