import Nouns

/// What opens one vendor's form for whoever holds it, at a terminal inside the hospital and without an account: this form,
/// its own answers, and nothing else.
package struct VendorLink: Sendable, Hashable {
  package let facility: FacilityID
  package let pack: String
  package let period: String
  package let vendor: String
  package let token: String
}
