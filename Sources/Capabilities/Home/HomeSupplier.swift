import Text
import Time

/// What a vendor sees of a hospital: itself.
package struct HomeSupplier: Sendable {
  package let name: String
  package let requests: [HomeRequest]
  /// Devices the vendor maintains, by name.
  package let devices: [HomeDevice]
  /// How many there are in all.
  package let deviceCount: Int
  package let work: HomeOwnWork

  package init(
    name: String,
    requests: [HomeRequest],
    devices: [HomeDevice],
    deviceCount: Int,
    work: HomeOwnWork
  ) {
    self.name = name
    self.requests = requests
    self.devices = devices
    self.deviceCount = deviceCount
    self.work = work
  }
}

/// Something that waits for a vendor's answer.
package struct HomeRequest: Sendable {
  package let title: Localized
  package let due: LocalDate?
  /// Whether it is answered by the link that was handed over with it, which nobody but the vendor knows; else by paper, mail
  /// or telephone.
  package let hasLink: Bool

  package init(title: Localized, due: LocalDate?, hasLink: Bool = false) {
    self.title = title
    self.due = due
    self.hasLink = hasLink
  }
}

/// A device as its vendor knows it: no address, no place in the network, no person.
package struct HomeDevice: Sendable, Hashable {
  package let name: String
  package let number: String
  package let model: String
  package let version: String

  package init(name: String, number: String, model: String, version: String) {
    self.name = name
    self.number = number
    self.model = model
    self.version = version
  }
}
