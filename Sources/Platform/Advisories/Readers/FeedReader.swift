/// Reads one kind of feed. A record that cannot be read is skipped, counted and listed; only what makes the whole file
/// worthless is thrown.
package protocol FeedReader {
  /// Hands over what is in the file to `into`, record by record, and keeps nothing. What `into` throws ends the reading
  /// and is thrown on, as is `FeedError`; what was handed over before is then to be taken back.
  static func read(
    _ source: FeedSource,
    limits: FeedLimits,
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading
}
