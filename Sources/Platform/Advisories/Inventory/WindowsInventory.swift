import Time

/// What a command or tool says of one Windows machine: enough to tell its build and its updates.
package struct WindowsInventory: Sendable, Hashable {
  package enum Architecture: String, Sendable, Hashable { case x86, x64, arm64 }

  package var hostName: String?
  /// `Microsoft Windows 10 Enterprise`; in a language that could not be read, its ASCII part. `ProductName` of the
  /// registry says Windows 10 on Windows 11 as well: the build decides.
  package var product: String?
  /// Major, minor and build: `10.0.19045`.
  package var version: String?
  /// The last part of the build, which tells the month of the update; `systeminfo` does not know it.
  package var revision: Int?
  /// `22H2`. Says little alone: 21H2 is 19044, 20348 and 22000.
  package var release: String?
  package var servicePack: Int?
  package var architecture: Architecture?
  /// Numbers of installed updates without `KB`, each once, in order.
  package var updates: [String] = []
  /// When the last of them was installed, where the report dates them.
  package var updatedOn: LocalDate?
  /// Whether `updates` is all there is: a report of some updates only is not.
  package var listsAllUpdates: Bool

  package init(listsAllUpdates: Bool = false) { self.listsAllUpdates = listsAllUpdates }

  /// `19045` of `10.0.19045`.
  package var build: Int? { version?.split(separator: ".").dropFirst(2).first.flatMap { Int($0) } }
}
