/// A vendor as the ledger and the contracts know it, with the systems it supplies or maintains here.
package struct SuppliedVendor: Sendable, Hashable {
  /// Of the vendor in the ledger.
  package let id: String
  package let name: String
  /// Their names, in order.
  package let systems: [String]
  /// Whom to ask: telephone or mail of the vendor, empty where the ledger has none.
  package let contact: String

  package init(id: String, name: String, systems: [String], contact: String) {
    self.id = id
    self.name = name
    self.systems = systems
    self.contact = contact
  }
}
