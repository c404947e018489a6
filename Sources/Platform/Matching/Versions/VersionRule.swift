/// The ways of ordering versions that the program knows. Which product follows which is data (`Packs/versions`).
package enum VersionRule: String, Sendable, Hashable, CaseIterable {
  /// Runs of digits and letters (vuln.md V2, V3): `7.2 = 7.2.0`, `2.0-rc1 < 2.0 < 2.0a`, `9.1R9 < 9.1R11`.
  case generic
  /// As generic, but a letter behind a number is always a patch: OpenSSL, Brocade Fabric OS.
  case letters
  /// The first letters name a train; different trains are not ordered against each other: Cisco IOS, NX-OS.
  case trains
  /// `8u391` = `1.8.0_391` = `8 Update 391`.
  case java
  /// Release, then update, then build: `6.7`, `6.7u3`, `6.7.0 build-14320388`.
  case vsphere
  /// `NS13.0 91.13.nc` = `13.0-91.13` = `13.0 Build 91.13`.
  case citrix
  /// `19c`, `12cR2`, `19.21.0.0`, `CPUJan2024`.
  case oracle
  /// Build and revision of Windows, `10.0.19045.4170`; without the revision nothing is known within a build.
  case windows
  /// Names of Windows releases: `1809 < 2004 < 20H2 < 24H2`.
  case windowsRelease = "windows-release"
  /// `20231010` = `2023-10-10`.
  case date
  /// `[epoch:]version-release` as rpm orders it.
  case rpm
  /// `[epoch:]upstream-revision` as dpkg orders it (Debian policy 5.6.12).
  case dpkg
}
