import Testing
import Time
import WebSupport

@testable import Web

@Suite struct MetricsTests {
  @Test func figuresAreInTheTextFormatOfPrometheus() {
    let metrics = Metrics(startedAt: Instant(milliseconds: 5_000))
    metrics.note(method: "GET", route: "/ledger/:kind", status: 200, seconds: 0.003)
    metrics.note(method: "GET", route: "/ledger/:kind", status: 200, seconds: 0.2)
    metrics.note(method: "GET", route: "/ledger/:kind", status: 200, seconds: 99)
    let lines = metrics.text(
      with: [.init("yagura_jobs", "Jobs.", labels: [("state", "a\"b\\c\nd")], 2.5)],
      version: "1"
    ).split(separator: "\n").map(String.init)
    let labels = "method=\"GET\",route=\"/ledger/:kind\",status=\"200\""
    #expect(lines.contains("yagura_requests_total{\(labels)} 3"))
    #expect(lines.contains("yagura_request_seconds_bucket{\(labels),le=\"0.005\"} 1"))
    #expect(lines.contains("yagura_request_seconds_bucket{\(labels),le=\"0.25\"} 2"))
    #expect(lines.contains("yagura_request_seconds_bucket{\(labels),le=\"30\"} 2"))
    #expect(lines.contains("yagura_request_seconds_bucket{\(labels),le=\"+Inf\"} 3"))
    #expect(lines.contains("yagura_jobs{state=\"a\\\"b\\\\c\\nd\"} 2.5"))
    #expect(lines.contains("yagura_started_seconds 5"))
    // Every family says once what it is, before its figures.
    #expect(lines.count { $0 == "# TYPE yagura_request_seconds histogram" } == 1)
    #expect(lines.allSatisfy { $0.hasPrefix("#") || $0.split(separator: " ").count >= 2 })
  }
}
