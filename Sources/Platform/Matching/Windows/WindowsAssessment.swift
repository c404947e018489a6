import Advisories
import Text

/// What a machine's build and updates say of the vulnerabilities of its Windows.
package struct WindowsAssessment: Sendable, Hashable {
  package let machine: WindowsMachine
  /// The newest KB of each line that is missing, never one that another in the list replaces; those that close most first.
  package let missing: [MissingUpdate]
  /// Vulnerabilities that an installed build or KB closes.
  package let fixed: Set<String>
  /// Vulnerabilities of which nothing is known, for neither revision nor updates are.
  package let unknown: Set<String>
  /// The newest update for each of the unknown: what to look for.
  package let offered: [String: String]

  package var missingCVEs: Set<String> { Set(missing.flatMap(\.cves)) }

  /// What a verdict says of this machine, with what it rests on.
  package func sentences(_ verdict: WindowsVerdict) -> [Localized] {
    guard verdict == .unknown else { return [verdict.sentence, basis] }
    guard let revision = machine.revision else { return [verdict.sentence] }
    return [
      Localized(
        ja: "ビルド \(machine.build).\(revision) は分かっていますが、この弱点を直すビルドが公表されておらず、更新プログラムの一覧もないため、決まりません。",
        en:
          "Build \(machine.build).\(revision) is known, but no build is named that mends it, and the updates are not recorded."
      )
    ]
  }

  /// What the answer rests on, in a sentence.
  package var basis: Localized {
    if machine.revision != nil {
      return Localized(
        ja: "ビルド \(machine.build).\(machine.revision ?? 0) と更新プログラムの一覧から判断しました。",
        en: "Told by build \(machine.build).\(machine.revision ?? 0) and the list of updates."
      )
    }
    if machine.knowsUpdates {
      return Localized(
        ja: "インストール済みの更新プログラム（\(machine.updates.count)件）と、それらが置き換えるものから判断しました。",
        en: "Told by the \(machine.updates.count) installed updates and what they replace."
      )
    }
    return Localized(
      ja: "更新プログラムもビルドの末尾（UBR）も記録がなく、判断できません。",
      en: "Neither the updates nor the end of the build (UBR) are recorded, so nothing can be told."
    )
  }
}

extension WindowsUpdateIndex {
  /// Assesses one machine (vuln.md 4.6): the build's revision first, then installed KBs with all they replace; where neither is
  /// known, unknown. One KB of several that fix the same is enough (security only, monthly rollup).
  package func assess(_ machine: WindowsMachine) -> WindowsAssessment {
    let installed = closure(of: machine.updates)
    var missing: [Int32: Set<Int32>] = [:]
    var fixed: Set<Int32> = []
    var unknown: [Int32: Int32] = [:]
    let own = products.indices.filter { products[$0].fits(machine) }
    var byCVE: [Int32: [Row]] = [:]
    for product in own { for row in rows[product] { byCVE[row.cve, default: []].append(row) } }
    let offered = Set(own.flatMap { rows[$0].map(\.kb) })
    let newest = newestReplacements(among: offered)
    for (cve, rows) in byCVE {
      guard let kb = rows.map({ newest[$0.kb] ?? $0.kb }).max(by: isOlder) else { continue }
      switch state(rows, machine, installed) {
      case .yes: fixed.insert(cve)
      case .unknown: unknown[cve] = kb
      case .no: missing[kb, default: []].insert(cve)
      }
    }
    return WindowsAssessment(
      machine: machine,
      missing: missing.map { MissingUpdate(kb: kbs[Int($0.key)], cves: $0.value.map { cves[Int($0)] }.sorted()) }
        .sorted { ($1.cves.count, $0.kb) < ($0.cves.count, $1.kb) },
      fixed: Set(fixed.map { cves[Int($0)] }),
      unknown: Set(unknown.keys.map { cves[Int($0)] }),
      offered: Dictionary(unknown.map { (cves[Int($0)], kbs[Int($1)]) }, uniquingKeysWith: { first, _ in first })
    )
  }

  /// Whether one of the rows is closed on the machine.
  private func state(_ rows: [Row], _ machine: WindowsMachine, _ installed: Set<Int32>) -> Truth {
    var byBuild: Truth?
    if let revision = machine.revision {
      for row in rows where row.build >= 0 {
        guard let fixed = WindowsMachine.revision(of: builds[Int(row.build)], build: machine.build) else { continue }
        if revision >= fixed { return .yes }
        byBuild = .no
      }
    }
    if let byBuild { return byBuild }
    if rows.contains(where: { installed.contains($0.kb) }) { return .yes }
    return machine.knowsUpdates ? .no : .unknown
  }

  /// The KBs and all that they replace, directly or through others.
  private func closure(of updates: Set<String>) -> Set<Int32> {
    guard !updates.isEmpty else { return [] }
    var found: Set<Int32> = []
    var open: [Int32] = kbs.indices.filter { updates.contains(kbs[$0]) }.map { Int32($0) }
    while let kb = open.popLast() {
      guard found.insert(kb).inserted else { continue }
      open += replaces[Int(kb)].filter { !found.contains($0) }
    }
    return found
  }

  /// For each KB that is offered, the newest one that replaces it in the end.
  private func newestReplacements(among offered: Set<Int32>) -> [Int32: Int32] {
    var newest: [Int32: Int32] = [:]
    for kb in offered.sorted(by: { isOlder($1, $0) }) {
      // Newest first: what it replaces is already better served by it, unless something newer came before.
      let top = newest[kb] ?? kb
      var seen: Set<Int32> = [kb]
      var open = replaces[Int(kb)]
      while let older = open.popLast() {
        guard seen.insert(older).inserted, newest[older] == nil else { continue }
        newest[older] = top
        open += replaces[Int(older)]
      }
    }
    return newest
  }

  private func isOlder(_ left: Int32, _ right: Int32) -> Bool {
    let one = published[Int(left)]
    let other = published[Int(right)]
    return one == other
      ? (kbs[Int(left)].utf8.count, kbs[Int(left)]) < (kbs[Int(right)].utf8.count, kbs[Int(right)]) : one < other
  }
}
