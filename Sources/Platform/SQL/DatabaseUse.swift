/// How busy the way to a store is, for whoever watches the server.
package struct DatabaseUse: Sendable, Hashable {
  /// Transactions that run at the moment.
  package let inUse: Int
  /// Those that wait for a connection to become free.
  package let waiting: Int
  /// Connections at most; nil where there is no such number.
  package let limit: Int?

  package init(inUse: Int, waiting: Int, limit: Int?) {
    self.inUse = inUse
    self.waiting = waiting
    self.limit = limit
  }
}
