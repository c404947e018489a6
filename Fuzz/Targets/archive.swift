import Advisories

/// An archive of feeds: its directory, its members, and what each is.
func fuzz(_ bytes: [UInt8]) throws {
  for member in try FeedSource(name: "x.zip", bytes: bytes).members() ?? [] {
    _ = try member.carriedDigest()
    _ = try FeedSniffer.format(of: member)
  }
}
