import Text
import Time

/// What an installation knows of a key that signs bundles.
package enum BundleTrust: Sendable, Hashable {
  /// Somebody compared its fingerprint and registered it; what its owner is called.
  case trusted(String)
  case unknown
  /// It was trusted and is no more.
  case removed(String, on: LocalDate?)
}

/// Why nothing of a bundle is taken.
package enum BundleFault: Error, Sendable, Hashable {
  /// It is not what its sender made.
  case changed(Localized)
  /// Nobody registered the key; all of it in hexadecimal, to be registered once its fingerprint is compared.
  case unknownKey(maker: String, fingerprint: String, key: String)
  case removedKey(name: String, on: LocalDate?)
  /// Its format is of a later Yagura.
  case newer(String)

  /// What is wrong with the bundle `name`.
  package func reason(_ name: Localized) -> Localized {
    let (ja, en) = (name.ja, name.en)
    return switch self {
    case .changed(let why):
      Localized(
        ja: "\(ja) は、送り主が作ったあとに変わっています（\(why.ja)）。何も取り込みませんでした。",
        en: "\(en) was changed after its sender made it (\(why.en)). Nothing was imported."
      )
    case .unknownKey(let maker, _, _):
      Localized(
        ja: "\(ja) は「\(maker)」と名乗る、登録されていない鍵で署名されています。何も取り込みませんでした。",
        en: "\(en) is signed with a key that is not registered, in the name of “\(maker)”. Nothing was imported."
      )
    case .removedKey(let owner, let day):
      Localized(
        ja: "\(ja) は、\(day.map { "\($0.iso) に" } ?? "")登録を取り消した「\(owner)」の鍵で署名されています。何も取り込みませんでした。",
        en:
          "\(en) is signed with the key of “\(owner)”, which was removed\(day.map { " on \($0.iso)" } ?? ""). Nothing was imported."
      )
    case .newer(let kind):
      Localized(ja: "\(ja) は新しい形式の搬送ファイル（\(kind)）です。", en: "\(en) is a bundle of a newer kind (\(kind)).")
    }
  }

  package var remedy: Localized {
    switch self {
    case .changed:
      Localized(
        ja: "途中で壊れたか、書き換えられた疑いがあります。媒体を確かめ、送り主から別の経路でもう一度受け取ってください。",
        en:
          "It was damaged or tampered with on the way: check the medium and get it from the sender again by another way."
      )
    case .unknownKey(_, let fingerprint, let key):
      Localized(
        ja: "送り主に紙か電話で指紋を確かめ、\(fingerprint) と同じなら、「搬送ファイルの鍵」に鍵 \(key) を登録してから、もう一度取り込んでください。",
        en:
          "Ask the sender for the fingerprint on paper or by telephone. If it is \(fingerprint), register the key \(key) under “Keys of bundles” and import again."
      )
    case .removedKey: Localized(ja: "送り主に新しい鍵を確かめてください。", en: "Ask the sender for a new key.")
    case .newer: Localized(ja: "Yagura を新しくしてから取り込んでください。", en: "Update Yagura first.")
    }
  }
}
