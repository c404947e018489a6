/// How long and how much a transfer may take.
package struct TransferLimits: Sendable, Hashable {
  package var connectMilliseconds: Int
  package var totalMilliseconds: Int
  /// How long nothing may come.
  package var stallSeconds: Int
  /// The largest body that is taken, in bytes.
  package var bytes: Int

  package init(
    connectMilliseconds: Int = 5_000,
    totalMilliseconds: Int = 20_000,
    stallSeconds: Int = 20,
    bytes: Int = 1 << 20
  ) {
    self.connectMilliseconds = connectMilliseconds
    self.totalMilliseconds = totalMilliseconds
    self.stallSeconds = stallSeconds
    self.bytes = bytes
  }
}

/// Whom a transfer trusts: the machine's authorities, or those of one file (PEM) instead.
package struct TransferTrust: Sendable, Hashable {
  package var authorityFile: String?
  /// The address of a proxy, nil for none; the environment is never asked.
  package var proxy: String?

  package init(authorityFile: String? = nil, proxy: String? = nil) {
    self.authorityFile = authorityFile
    self.proxy = proxy
  }

  package static let system = TransferTrust()
}
