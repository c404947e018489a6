import Advisories

/// Families of operating systems: who runs one of a family does not run another, and a platform that names the family is
/// satisfied by any of it (C3).
package enum OSFamily: String, Sendable, Hashable, CaseIterable {
  case windows, linux, macOS, iOS, android, bsd, solaris, aix, hpUX

  /// The family of a product, nil where the product is none of these (a firmware, an unknown system).
  package init?(vendor: String, product: String) {
    for rule in Self.rules
    where (rule.vendor == nil || rule.vendor == vendor)
      && (rule.isPrefix ? product.hasPrefix(rule.product) : product == rule.product)
    {
      self = rule.family
      return
    }
    return nil
  }

  /// Whether the name stands for the family as a whole: `microsoft:windows`, `linux:linux_kernel`.
  package static func isGeneric(vendor: String, product: String) -> Bool {
    switch (vendor, product) {
    case ("microsoft", "windows"), ("linux", "linux_kernel"), ("linux", "linux"), ("apple", "mac_os_x"),
      ("apple", "macos"), ("apple", "mac_os"), ("google", "android"), ("apple", "iphone_os"):
      true
    default: false
    }
  }

  private static let rules: [(vendor: String?, product: String, isPrefix: Bool, family: OSFamily)] = [
    ("microsoft", "windows", true, .windows), ("apple", "mac_os", true, .macOS), ("apple", "macos", false, .macOS),
    ("apple", "iphone_os", false, .iOS), ("apple", "ipados", false, .iOS), ("google", "android", false, .android),
    ("linux", "linux", true, .linux), ("redhat", "enterprise_linux", true, .linux), ("redhat", "linux", true, .linux),
    ("redhat", "fedora", true, .linux), ("fedoraproject", "fedora", true, .linux), ("centos", "centos", true, .linux),
    ("debian", "debian_linux", false, .linux), ("canonical", "ubuntu", true, .linux),
    ("ubuntu", "ubuntu", true, .linux),
    ("suse", "", true, .linux), ("opensuse", "", true, .linux), ("novell", "suse", true, .linux),
    ("novell", "opensuse", false, .linux), ("oracle", "linux", false, .linux), ("amazon", "linux", true, .linux),
    ("almalinux", "", true, .linux), ("rocky", "rocky", true, .linux), ("mandrakesoft", "mandrake", true, .linux),
    ("gentoo", "linux", false, .linux), ("slackware", "slackware_linux", false, .linux),
    ("turbolinux", "turbolinux", true, .linux), ("cybertrust", "miracle_linux", false, .linux),
    ("linuxmint", "linux_mint", false, .linux), ("sun", "solaris", false, .solaris),
    ("oracle", "solaris", false, .solaris),
    ("sun", "sunos", false, .solaris), ("sun", "opensolaris", false, .solaris), ("ibm", "aix", false, .aix),
    ("hp", "hp-ux", false, .hpUX), ("freebsd", "freebsd", false, .bsd), ("netbsd", "netbsd", false, .bsd),
    ("openbsd", "openbsd", false, .bsd),
  ]
}
