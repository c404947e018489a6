import Advisories
import Text

/// What the updates for one vulnerability mean for one machine (vuln.md 4.6).
package enum WindowsVerdict: Sendable, Hashable {
  /// The build has it, or an installed KB brings or replaces it.
  case fixed(by: String)
  /// None of these KBs is there; one is enough.
  case missing([String])
  /// Neither revision nor updates are known.
  case unknown
  /// No update is meant for this Windows.
  case notListed

  /// In a sentence.
  package var sentence: Localized {
    switch self {
    case .fixed(let by): Localized(ja: "\(by) で修正されています。", en: "Fixed by \(by).")
    case .missing(let kbs):
      Localized(
        ja: "更新プログラム \(kbs.map { "KB" + $0 }.joined(separator: "、")) が入っていません。",
        en: "The update \(kbs.map { "KB" + $0 }.joined(separator: " or ")) is missing."
      )
    case .unknown:
      Localized(ja: "ビルド番号（UBR）も更新プログラムの一覧も記録がありません。", en: "Neither build (UBR) nor updates are recorded.")
    case .notListed:
      Localized(ja: "このWindows向けの更新プログラムはありません。", en: "There is no update for this Windows.")
    }
  }
}

extension WindowsMachine {
  /// The verdict for one vulnerability: revision first, installed KBs with all they replace after. `installed` is
  /// `WindowsSupersedence.closure(of: updates)`, worked out once for a machine.
  package func verdict(_ offers: [WindowsOffer], installed: Set<String>) -> WindowsVerdict {
    let own = offers.filter { $0.product.fits(self) }
    guard !own.isEmpty else { return .notListed }
    var isBehind = false
    if let revision {
      for update in own {
        guard let fixed = Self.revision(of: update.fixedBuild, build: build) else { continue }
        if revision >= fixed { return .fixed(by: "\(build).\(revision)") }
        isBehind = true
      }
    }
    if !isBehind {
      if let update = own.first(where: { installed.contains($0.kb) }) { return .fixed(by: "KB" + update.kb) }
      guard knowsUpdates else { return .unknown }
    }
    var missing: [String] = []
    for update in own where !missing.contains(update.kb) { missing.append(update.kb) }
    return .missing(missing)
  }

  /// The revision of `10.0.19045.4170`, where it is of the same build; a malformed bound is none.
  static func revision(of fixedBuild: String?, build: Int) -> Int? {
    guard let parts = fixedBuild?.split(separator: ".", omittingEmptySubsequences: false), parts.count == 4,
      Int(parts[2]) == build
    else { return nil }
    return Int(parts[3])
  }
}
