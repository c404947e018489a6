import Synchronization
import Time

/// The program's own figures in the text format of Prometheus (version 0.0.4): requests by route and status, how long they
/// took, and what others add when they are asked. Paths never stand in it, only patterns.
package final class Metrics: Sendable {
  /// One figure somebody else knows: the journal's unsealed entries, waiting jobs, the age of a feed.
  package struct Figure: Sendable, Hashable {
    package let name: String
    package let help: String
    package let labels: [(name: String, value: String)]
    package let value: Double

    package init(_ name: String, _ help: String, labels: [(name: String, value: String)] = [], _ value: Double) {
      self.name = name
      self.help = help
      self.labels = labels
      self.value = value
    }

    package static func == (left: Figure, right: Figure) -> Bool { left.line == right.line }
    package func hash(into hasher: inout Hasher) { hasher.combine(line) }

    var line: String {
      let inside = labels.map { "\($0.name)=\"\(Metrics.escaped($0.value))\"" }.joined(separator: ",")
      return "\(name)\(inside.isEmpty ? "" : "{\(inside)}") \(Metrics.text(value))"
    }
  }

  /// Upper ends of the buckets, in seconds.
  static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

  private struct Series {
    var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
    var count = 0
    var seconds = 0.0
  }

  private struct Key: Hashable {
    let method: String
    let route: String
    let status: Int
  }

  private let requests = Mutex<[Key: Series]>([:])
  private let startedAt: Instant

  init(startedAt: Instant) { self.startedAt = startedAt }

  func note(method: String, route: String, status: Int, seconds: Double) {
    let key = Key(method: method, route: route, status: status)
    requests.withLock { requests in
      var series = requests[key] ?? Series()
      if let bucket = Self.bounds.firstIndex(where: { seconds <= $0 }) { series.buckets[bucket] += 1 }
      series.count += 1
      series.seconds += seconds
      requests[key] = series
    }
  }

  func text(with figures: [Figure], version: String) -> String {
    let all = requests.withLock { $0 }
      .sorted { ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status) }
    var out = """
      # HELP yagura_info The running version.
      # TYPE yagura_info gauge
      yagura_info{version="\(Self.escaped(version))"} 1
      # HELP yagura_started_seconds When the program started, seconds since 1970.
      # TYPE yagura_started_seconds gauge
      yagura_started_seconds \(startedAt.milliseconds / 1000)
      # HELP yagura_requests_total Requests by route pattern and status.
      # TYPE yagura_requests_total counter

      """
    for (key, series) in all { out += "yagura_requests_total{\(Self.labels(key))} \(series.count)\n" }
    out += """
      # HELP yagura_request_seconds How long requests took.
      # TYPE yagura_request_seconds histogram

      """
    for (key, series) in all {
      var sum = 0
      for (bound, count) in zip(Self.bounds, series.buckets) {
        sum += count
        out += "yagura_request_seconds_bucket{\(Self.labels(key)),le=\"\(Self.text(bound))\"} \(sum)\n"
      }
      out += "yagura_request_seconds_bucket{\(Self.labels(key)),le=\"+Inf\"} \(series.count)\n"
      out += "yagura_request_seconds_sum{\(Self.labels(key))} \(series.seconds)\n"
      out += "yagura_request_seconds_count{\(Self.labels(key))} \(series.count)\n"
    }
    var named: Set<String> = []
    for figure in figures.sorted(by: { ($0.name, $0.line) < ($1.name, $1.line) }) {
      if named.insert(figure.name).inserted {
        out += "# HELP \(figure.name) \(figure.help)\n# TYPE \(figure.name) gauge\n"
      }
      out += figure.line + "\n"
    }
    return out
  }

  private static func labels(_ key: Key) -> String {
    "method=\"\(escaped(key.method))\",route=\"\(escaped(key.route))\",status=\"\(key.status)\""
  }

  static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "\\": out += "\\\\"
      case "\"": out += "\\\""
      case "\n": out += "\\n"
      default: out.append(character)
      }
    }
    return out
  }

  static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}
