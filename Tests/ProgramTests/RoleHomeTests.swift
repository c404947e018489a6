import Foundation
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time
import WebSupport

@testable import Home
@testable import Program

/// Each role's first page: what stands on it, in which order, and what does not.
@Suite struct RoleHomeTests {
  private static func fact(_ key: String, _ value: Int = 1, worry: Bool = true) -> Fact {
    let now = Instant(Installation.today)
    return Fact(
      key: key,
      facility: FacilityID(rawValue: "f"),
      label: Localized(ja: key, en: key),
      value: value,
      population: 9,
      asOf: now,
      freshUntil: now.adding(days: 1),
      explanation: Localized(ja: "", en: ""),
      link: "/",
      isWorry: worry
    )
  }

  @Test func managersSeeTheirOwnFigures() {
    let keys = [
      "ledger.assets.total", "ledger.connections.unknown", "ledger.contracts.expiring", "organization.cuts.unapproved",
      "ledger.enquiries.overdue", "assessment.prefecture-20.open", "assessment.vendorForms.open",
      "vulnerability.exposed",
    ]
    let facts = keys.map { Self.fact($0) } + (0..<20).map { Self.fact("ledger.other.\($0)") }
    let manager = HomePage.shown(.safetyManager, facts).map(\.key)
    #expect(manager.first == "assessment.prefecture-20.open")
    #expect(manager.dropFirst().first == "ledger.enquiries.overdue")
    #expect(manager.contains("organization.cuts.unapproved") && manager.contains("ledger.contracts.expiring"))
    let administrator = HomePage.shown(.administrator, facts).map(\.key)
    #expect(administrator.prefix(2) == ["ledger.assets.total", "ledger.connections.unknown"])
    #expect(administrator.contains("vulnerability.exposed"))
    for shown in [manager, administrator] { #expect(shown.count == 10 && Set(shown).count == 10) }
    #expect(HomePage.shown(.safetyManager, []).isEmpty)
  }

  @Test func theDirectorIsToldTheGravestFirst() {
    let facts = [
      Self.fact("organization.posts.withoutDeputy"), Self.fact("vulnerability.exposed"),
      Self.fact("ledger.connections.unrestricted"), Self.fact("ledger.assets.endOfSupport", 0),
      Self.fact("ledger.assets.total", worry: false), Self.fact(ContradictionNote.key),
    ]
    #expect(
      DirectorHomePage.ordered(facts).map(\.key) == [
        ContradictionNote.key, "ledger.connections.unrestricted", "vulnerability.exposed",
        "organization.posts.withoutDeputy",
      ]
    )
  }

  /// Each role signs in to a page of its own, and every one of them says how old the paper is.
  @Test(arguments: Engine.available) func everyRoleHasAHomeOfItsOwn(_ engine: Engine) async throws {
    let hospital = try await Installation(engine)
    let person = try await hospital.house.records.store.create(.person, ["name": "当番 太郎"], in: hospital.scope())
    _ = try await hospital.house.records.store.create(
      .responsibility,
      ["role": "system_staff", "person": person.id, "phone": "2468"],
      in: hospital.scope()
    )
    let marks: [Role: [String]] = [
      .director: ["いまの状態", "決めていただくこと", "費用の検討が要るもの"],
      .safetyManager: ["今日やること", "約束と期限", "最近の変更"],
      .administrator: ["今日やること", "台帳が示していること", "最近の変更"],
      .departmentHead: ["部門のやること", "異動・退職を記録する", "購入・デモ機を記録する"],
      .staff: ["おかしいと思ったら", "2468", "異常を見つけた", "規程を読む"],
      .vendor: ["お願いしていること"],
    ]
    for role in Role.allCases {
      let page = try await hospital.browser(role).get("/").text
      for mark in marks[role] ?? [] { #expect(page.contains(mark), "\(role): \(mark)") }
      #expect(page.contains("紙の初動パック"), "\(role)")
      for (other, words) in marks where other != role {
        let foreign = Set(words).subtracting(marks[role] ?? [])
        for word in foreign { #expect(!page.contains(word), "\(role) shows \(word) of \(other)") }
      }
    }
    await hospital.close()
  }
}
