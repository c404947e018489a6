import Ledger
import Nouns
import Records
import Tabular
import Text
import Time
import Vulnerability

/// What the sample hospital has done about its vulnerabilities, through the same doors as a user: the stick is taken in, a
/// measure was accepted, a vendor was asked and answered, an update goes out in stages.
struct DemoFollowThrough {
  let house: House
  let facility: FacilityID
  let hospital: DemoHospital
  let today: LocalDate
  let actors: DemoActors

  private func scope<P: Permit>(_ permit: P.Type = P.self, person: Int = 0) -> Scope<P> {
    .operatorOf(facility, as: actors[person], request: house.ids.next())
  }

  private var people: [String] { hospital.people }
  private var triage: Triage { house.vulnerability.triage }

  /// Three weeks ago: what was known then, and what was decided.
  func begin() async throws {
    try await supplies()
    try await lookAgain()
    try await ask()
    try await accept()
  }

  /// This week's stick, with what the walk round the wards brought to light.
  func goOn(_ watch: DemoClock) async throws {
    watch.advance(to: Instant(today.adding(days: -1), hour: 8))
    try await reportStates()
    try await lookAgain()
  }

  /// Half a year ago: the first stick, and some PCs that missed an update. They were brought up to date in four parts,
  /// each a month and more after the other; the last part is still being verified.
  func past(_ month: Int) async throws {
    try await reportStates(month)
    try await lookAgain(isPast: true)
    var query = FindingQuery()
    query.standing = .fixed
    query.state = .fixed
    let mended = try await triage.findings.all(query, in: scope()).map(\.id)
    guard month > 0, month < Self.months.count - 1, !mended.isEmpty else { return }
    _ = try await triage.findings.decide(
      .ids(mended),
      FindingDecision.Draft(state: "verified", comment: "資産管理ツールの一覧で版を確認"),
      in: scope(person: 1)
    )
  }

  /// Days before today on which a stick came, before the walk round the wards.
  static let months = [168, 139, 104, 76, 48]

  private func lookAgain(isPast: Bool = false) async throws {
    try await takeIn(isPast: isPast)
    try await house.vulnerability.compare(in: scope())
    try await triage.refresh(in: scope())
  }

  /// What the agents report of builds and patterns; with a month as it was then.
  private func reportStates(_ month: Int? = nil) async throws {
    let tables = hospital.steps.compactMap { step -> DemoTable? in
      if case .importTable(let table) = step.event, table.kind == "inventory" { return table }
      return nil
    }
    guard let table = tables.last else { return }
    let book = try TableReader.read(table.bytes, name: table.file)
    guard let sheet = book.visibleSheets.first else { return }
    let devices = try await house.vulnerability.needs.followThrough.devices(scope())
    var states = InventoryTable(sheet, today: today).byDevice(devices).states
    if let month { states = Self.asOf(month, devices, states) }
    _ = try await triage.patches.keep(states, source: table.file, in: scope(person: 1))
  }

  /// All PCs with Windows 11 as the asset tool saw them then: every twelfth had missed the update until its month came.
  private static func asOf(
    _ month: Int,
    _ devices: [TriageDevice],
    _ states: [(device: TriageDevice, values: [String: String])]
  ) -> [(device: TriageDevice, values: [String: String])] {
    let known = Dictionary(states.map { ($0.device.id, $0.values) }, uniquingKeysWith: { first, _ in first })
    let computers = devices.filter { $0.category == "terminal" && $0.os.contains("Windows 11") }
      .sorted { $0.assetNumber < $1.assetNumber }
    return computers.enumerated().compactMap { index, device in
      // Those whose agent is silent are known by nothing else.
      guard let build = DemoDevices.currentBuild(of: device.os), var values = known[device.id] else { return nil }
      for column in ["patched_on", "pattern_on", "seen_on"] {
        guard let day = values[column].flatMap({ LocalDate(iso: $0) }) else { continue }
        values[column] = day.adding(days: -months[month]).iso
      }
      let isBehind = index % 12 == 5 && index / 12 % (months.count - 1) >= month
      values["build"] = isBehind ? DemoDevices.former(build: build) : build
      return (device, values)
    }
  }

  /// The stick of the month.
  private func takeIn(isPast: Bool) async throws {
    let arrivals = DemoFeeds(today: house.clock.now().day, isPast: isPast).files.map {
      FeedIntake.arrival(name: $0.name, bytes: $0.bytes)
    }
    let delivery = FeedDelivery(actor: people[0], carrier: people[1], medium: "USB-003")
    let outcome = await house.vulnerability.feeds.take(arrivals, delivery)
    if let refused = outcome.refused.first {
      throw CommandProblem.couldNotRun(
        Localized(ja: "見本の\(refused.0)を取り込めません：\(refused.1.ja)", en: "\(refused.0): \(refused.1.en)")
      )
    }
  }

  /// Antivirus, carried patterns, guaranteed versions, and what the asset tool last said.
  private func supplies() async throws {
    let systems = try await house.ledger.records.choices(.system, in: scope())
    let pacs = systems.first { $0.title == "PACS" }
    _ = try await triage.patches.record(
      product: [
        "name": "Apex One", "vendor": "株式会社ウイルスガード", "licences": "950",
        "expires_on": today.adding(days: 47).iso,
      ],
      carried: [
        "product": "Apex One", "pattern_on": today.adding(days: -8).iso, "medium": "USB-012",
        "carried_on": today.adding(days: -7).iso, "carried_by": people[1],
      ],
      guarantee: [
        "system": pacs?.id ?? "", "system_title": pacs?.title ?? "PACS", "product": "Windows Server 2019",
        "versions": "2026年9月の更新まで", "stated_by": "青葉画像診断 佐々木",
        "stated_on": today.adding(days: -60).iso,
      ],
      in: scope(person: 1)
    )
  }

  /// A device that cannot be mended stays in use until March, behind a measure that was approved.
  private func accept() async throws {
    var query = FindingQuery()
    query.standing = .open
    let findings = try await triage.findings.all(query, in: scope())
    let medical = Set(
      try await house.vulnerability.needs.followThrough.devices(scope()).filter { $0.category == "medical" }.map(\.id)
    )
    let asset =
      findings.first { medical.contains($0.asset) && $0.assetTitle.contains("CT") }?.asset
      ?? findings.first { medical.contains($0.asset) }?.asset
    guard let asset else { return }
    let march = LocalDate(year: today.month >= 4 ? today.year + 1 : today.year, month: 3, day: 31) ?? today
    guard march > today else { return }
    _ = try await triage.findings.decide(
      .ids(findings.filter { $0.asset == asset }.map(\.id)),
      FindingDecision.Draft(
        state: "accepted",
        owner: people[0],
        measure: "接続元を画像サーバだけに限り、使うときだけ電源を入れる",
        acceptedUntil: march.slashed,
        approver: people[2],
        comment: "製造元が更新を認めていない。次の更新の時期に装置ごと見直す。"
      ),
      in: scope(person: 2)
    )
  }

  /// One vendor was asked three weeks ago and has not answered; what it would close is in the list.
  private func ask() async throws {
    var query = FindingQuery()
    query.tier = .p1
    let findings = try await triage.findings.all(query, in: scope()).filter { !$0.vendor.isEmpty }
    guard let vendor = findings.first?.vendor else { return }
    let ids = try await triage.requests.make(from: findings.filter { $0.vendor == vendor }, in: scope(person: 1)).ids
    guard let id = ids.first else { return }
    let request = try await triage.requests.find(id, in: scope()).0
    _ = try await triage.requests.note(request, sent: "mail", in: scope(person: 1))
  }
}
