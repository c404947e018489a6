import Advisories
import Text

/// Why a match is 要確認 and not 確定: what a person must find out.
package enum OpenQuestion: Sendable, Hashable {
  /// The ledger has no version.
  case versionUnknown
  /// Only the front of the version is written (`9.x`), and the range begins or ends within.
  case versionCoarse
  /// The version cannot be ordered against the bound: another train, a name, an unreadable text.
  case versionIncomparable
  /// The version is in the range, and its distributor may have mended it without another number.
  case backports
  /// The feed names the product without any version (N3).
  case productOnly
  /// The release is named, the build decides, and nobody recorded it (N2).
  case windowsBuild
  /// Service pack or update level.
  case update
  /// For which platform the product was made (`target_sw`, `target_hw`).
  case target
  case edition
  /// Something else must be there too, and nobody recorded whether it is.
  // Apart, so that the others are handed on as one word.
  indirect case companion(ProductName)
  /// The product itself is not known for certain.
  case product
  case sourcesDisagree
  /// The supplier is still looking.
  case underInvestigation

  /// What must be found out, in a word for stores: `version` is what the ledger or an inventory can say.
  package var key: String {
    switch self {
    case .versionUnknown, .versionCoarse, .windowsBuild, .update: "version"
    case .versionIncomparable, .backports: "order"
    case .productOnly: "unpublished"
    case .sourcesDisagree: "sources"
    case .underInvestigation: "investigating"
    case .target, .edition: "edition"
    case .companion: "companion"
    case .product: "product"
    }
  }

  package var title: Localized {
    switch self {
    case .versionUnknown: Localized(ja: "版が台帳にありません。", en: "The ledger has no version.")
    case .versionCoarse:
      Localized(ja: "版が途中までしか書かれていません。", en: "Only the front of the version is written.")
    case .versionIncomparable:
      Localized(ja: "版の書き方が違い、範囲と比べられません。", en: "The version cannot be compared with the range.")
    case .backports:
      Localized(
        ja: "Linux の配布元は版の番号を変えずに修正を取り込むため、版だけでは決まりません。",
        en: "Distributions of Linux mend packages without changing their version, so the version alone does not decide."
      )
    case .productOnly:
      Localized(ja: "どの版が該当するか公表されていません。", en: "Which versions are affected has not been published.")
    case .windowsBuild:
      Localized(ja: "ビルド番号（UBR）か更新プログラム（KB）の確認が要ります。", en: "Build (UBR) or updates (KB) must be looked up.")
    case .update: Localized(ja: "サービスパックや更新の段階が不明です。", en: "The service pack or update level is unknown.")
    case .target: Localized(ja: "どの環境向けの製品か不明です。", en: "For which platform the product was made is unknown.")
    case .edition: Localized(ja: "エディションが不明です。", en: "The edition is unknown.")
    case .companion(let name):
      Localized(
        ja: "\(name.vendor) \(name.product) と組み合わせた場合だけ該当し、その有無が不明です。",
        en: "It applies only together with \(name.vendor) \(name.product), and whether that is there is unknown."
      )
    case .product: Localized(ja: "製品の特定が確実ではありません。", en: "The product is not identified for certain.")
    case .sourcesDisagree: Localized(ja: "情報源によって判断が分かれています。", en: "The sources disagree.")
    case .underInvestigation: Localized(ja: "メーカーが調査中です。", en: "The maker is looking into it.")
    }
  }
}
