import Assessment
import Home
import Ledger
import Nouns
import Organization
import Records
import Text
import Time
import Vulnerability
import Web

// What a vendor's home is given: what the registers say of that vendor, and nothing of others.
extension House {
  /// Devices beyond so many are counted only.
  private static let mostDevices = 200

  /// Of the vendor whose account it is; nil where nobody has said whose it is.
  func supplied(
    _ account: String,
    _ facility: FacilityID,
    _ assessment: Assessment
  ) async throws -> HomeSupplier? {
    guard let id = try await organization.vendorAccounts.vendor(of: account, facility) else { return nil }
    guard let name = try await organization.suppliers.name(of: id, in: facility) else { return nil }
    let scope = Scope<ReadLedger>.operatorOf(facility, as: .system, request: "vendor-home")
    let devices = try await organization.suppliers.devices(of: id, limit: Self.mostDevices, in: facility)
    return HomeSupplier(
      name: name,
      requests: try await asked(of: id, facility, scope, assessment).sorted {
        ($0.due?.iso ?? "9", $0.title.ja) < ($1.due?.iso ?? "9", $1.title.ja)
      },
      devices: devices.records.map { device in
        HomeDevice(
          name: device.title,
          number: device.known("asset_number") ?? "",
          model: device.known("model") ?? "",
          version: device.known("os") ?? ""
        )
      },
      deviceCount: devices.total,
      work: try await ownWork(of: id, facility)
    )
  }

  /// What that vendor has asked for, and where it stands.
  private func ownWork(of vendor: String, _ facility: FacilityID) async throws -> HomeOwnWork {
    let now = clock.now()
    let all = try await organization.works.list(of: vendor, facility)
    let planned = all.filter { ($0.state == .approved || $0.state == .running) && !$0.owesReport(at: now) }
    return HomeOwnWork(
      planned: planned.map { homeWork($0, at: now, link: "/own-works/\($0.id)") },
      waiting: all.count { $0.state == .waiting },
      sentBack: all.count { $0.state == .sentBack },
      owed: all.count { $0.owesReport(at: now) }
    )
  }

  func homeWork(_ work: WorkRequest, at now: Instant, link: String) -> HomeWork {
    let (kind, device, window) = (work.draft.kind.label, work.device.name, work.draft.window)
    return HomeWork(
      title: Localized(ja: "\(device)の\(kind.ja)", en: "\(kind.en): \(device)"),
      vendor: work.vendorName,
      day: work.draft.day,
      hours: Localized(ja: window.text, en: window.english),
      door: work.row.text("door"),
      state: work.owesReport(at: now) ? WorkRequest.State.ended.label : work.state.label,
      isRunning: work.state == .running,
      link: link
    )
  }

  /// What waits for that vendor's answer: the yearly form, the yearly enquiry, questions about weaknesses.
  private func asked(
    of vendor: String,
    _ facility: FacilityID,
    _ scope: Scope<ReadLedger>,
    _ assessment: Assessment
  ) async throws -> [HomeRequest] {
    var requests: [HomeRequest] = []
    let today = ledger.records.clock.now().day
    for checklist in Checklists.ofVendors where checklist.isCurrent(on: today) {
      let round = try await assessment.vendorRound(checklist, facility)
      guard let line = round.lines.first(where: { $0.vendor.id == vendor }), line.form?.sentOn != nil,
        line.state != .answered
      else { continue }
      let link = try await assessment.vendorLinks.link(checklist.id, round.period, vendor, facility)
      requests.append(
        HomeRequest(
          title: Localized(
            ja: "\(checklist.title.ja)（残り\(line.items - line.answered)項目）",
            en: "\(checklist.title.en) (\(line.items - line.answered) items left)"
          ),
          due: line.form?.dueOn,
          hasLink: link.map { $0.lastDay(due: line.form?.dueOn, in: round.year) >= today } ?? false
        )
      )
    }
    let enquiries = try await ledger.records.all(
      .vendorEnquiry,
      ListQuery(filters: ["vendor": [.value(vendor)], "answered_on": [.missing], "closed_on": [.missing]]),
      limit: 50,
      in: scope
    )
    for enquiry in enquiries.records {
      let year = enquiry.known("year") ?? ""
      requests.append(
        HomeRequest(
          title: Localized(ja: "\(year)年度の照会への回答", en: "Answer to the enquiry of fiscal \(year)"),
          due: enquiry.date("due_on")
        )
      )
    }
    let reading = Scope<ReadVulnerabilities>.operatorOf(facility, as: .system, request: "vendor-home")
    for letter in try await vulnerability.triage.requests.list(in: reading)
    where letter.vendor == vendor && letter.state == .sent {
      requests.append(
        HomeRequest(
          title: Localized(ja: "弱点についての照会 \(letter.number) への回答", en: "Answer to the request \(letter.number)"),
          due: letter.dueOn
        )
      )
    }
    return requests
  }
}

extension Capabilities {
  /// Changes of requests for work, as the list of all changes tells of them.
  static func workChanges(_ house: House) -> OtherChanges {
    .kept(
      label: WorkChanges.label,
      link: WorkChanges.link,
      lines: WorkChanges.lines,
      undo: { try await house.organization.works.undo($0, in: try $1.scope(EditLedger.self)) }
    )
  }
}
