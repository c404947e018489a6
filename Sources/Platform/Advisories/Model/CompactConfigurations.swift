/// The configurations of one advisory in few bytes, for there are a million criteria in a hundred thousand advisories and
/// most are never looked at. A reader writes the bytes straight from its file; a matcher walks or decodes those it needs.
package struct CompactConfigurations: Sendable, Hashable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package static let none = CompactConfigurations(bytes: [])

  package var isEmpty: Bool { bytes.isEmpty }
}
