import Synchronization
import Time

/// How many requests one caller may make: as many as fill a bucket at once, and as many again each minute. Counted in this
/// process; several processes each allow as much.
final class RateLimit: Sendable {
  private struct Bucket {
    var left: Double
    var at: Instant
  }

  private let perMinute: Int
  private let buckets = Mutex<[String: Bucket]>([:])
  /// More callers than this are forgotten, those who were quiet longest first.
  private static let most = 10_000

  init(perMinute: Int) { self.perMinute = perMinute }

  /// Takes one request from the caller's bucket. Answers how many seconds to wait, nil where it may go on.
  func wait(for caller: String, at now: Instant) -> Int? {
    guard perMinute > 0 else { return nil }
    let rate = Double(perMinute) / 60_000
    return buckets.withLock { buckets in
      if buckets.count >= Self.most, buckets[caller] == nil {
        let quiet = buckets.sorted { $0.value.at < $1.value.at }.prefix(Self.most / 10)
        for (key, _) in quiet { buckets[key] = nil }
      }
      var bucket = buckets[caller] ?? Bucket(left: Double(perMinute), at: now)
      let passed = max(0, Double(now.milliseconds - bucket.at.milliseconds))
      bucket.left = min(Double(perMinute), bucket.left + passed * rate)
      bucket.at = now
      defer { buckets[caller] = bucket }
      guard bucket.left >= 1 else { return max(1, Int(((1 - bucket.left) / rate / 1000).rounded(.up))) }
      bucket.left -= 1
      return nil
    }
  }
}
