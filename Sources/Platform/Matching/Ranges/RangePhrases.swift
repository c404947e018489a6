/// The words by which texts speak of versions, Japanese and English.
enum RangePhrases {
  /// The longest first, so that the shorter one inside does not win.
  static let all: [(text: [Character], token: RangeToken)] = table.map { (Array($0.0), $0.1) }
    .sorted { $0.text.count > $1.text.count }

  static let firsts: Set<Character> = Set(all.compactMap { $0.text.first })

  /// Japanese ones stand anywhere, ASCII ones only as whole words.
  private static let table: [(String, RangeToken)] = [
    ("およびそれ以前", .isUpperIncluded), ("及びそれ以前", .isUpperIncluded), ("とそれ以前", .isUpperIncluded),
    ("またはそれ以前", .isUpperIncluded), ("もしくはそれ以前", .isUpperIncluded), ("、それ以前", .isUpperIncluded),
    ("およびそれ以降", .isLowerIncluded), ("及びそれ以降", .isLowerIncluded), ("とそれ以降", .isLowerIncluded),
    ("およびそれより前", .isUpperIncluded), ("及びそれより前", .isUpperIncluded), ("より古い", .isUpperExcluded),
    ("より前", .isUpperExcluded), ("よりも前", .isUpperExcluded), ("未満", .isUpperExcluded), ("以前", .isUpperIncluded),
    ("以下", .isUpperIncluded), ("まで", .isUpperIncluded), ("以降", .isLowerIncluded), ("以上", .isLowerIncluded),
    ("以後", .isLowerIncluded), ("より後", .isLowerExcluded), ("より新しい", .isLowerExcluded), ("から", .to),
    ("系列", .branch), ("系", .branch), ("すべてのバージョン", .all), ("全てのバージョン", .all), ("全バージョン", .all),
    ("すべての版", .all), ("全版", .all), ("すべて", .all), ("全て", .all), ("のみ", .noise), ("のバージョン", .noise),
    ("バージョン", .noise), ("の版", .noise), ("リビジョン", .noise), ("および", .separator), ("及び", .separator),
    ("または", .separator), ("ならびに", .separator), ("並びに", .separator), ("、", .separator), ("，", .separator),
    ("・", .separator), ("；", .separator), ("を除く", .reversal), ("除く", .reversal), ("以外", .reversal),
    ("修正", .reversal), ("対策", .reversal), ("影響を受けない", .reversal), ("の", .noise), ("版", .noise),
    ("up to and including", .through), ("up to but not including", .before), ("up to (excluding)", .before),
    ("up to (including)", .through), ("up to, but not including", .before), ("up to, and including", .through),
    ("up to", .through), ("through", .through), ("thru", .through), ("until", .before), ("prior to", .before),
    ("earlier than", .before), ("older than", .before), ("lower than", .before), ("less than or equal to", .through),
    ("less than", .before), ("before", .before), ("below", .before), ("starting from", .from), ("starting with", .from),
    ("starting at", .from), ("beginning with", .from), ("from", .from), ("since", .from), ("between", .from),
    ("later than", .after), ("newer than", .after), ("greater than or equal to", .from), ("greater than", .after),
    ("after", .after), ("and earlier", .isUpperIncluded), ("or earlier", .isUpperIncluded),
    ("and prior", .isUpperIncluded), ("or prior", .isUpperIncluded), ("and below", .isUpperIncluded),
    ("or below", .isUpperIncluded), ("and lower", .isUpperIncluded), ("or lower", .isUpperIncluded),
    ("and older", .isUpperIncluded), ("or older", .isUpperIncluded), ("and before", .isUpperIncluded),
    ("and all prior", .isUpperIncluded), ("and all earlier", .isUpperIncluded), ("and all previous", .isUpperIncluded),
    ("and previous", .isUpperIncluded), ("or previous", .isUpperIncluded), ("and under", .isUpperIncluded),
    ("or less", .isUpperIncluded), ("and less", .isUpperIncluded), ("or lesser", .isUpperIncluded),
    ("and later", .isLowerIncluded), ("or later", .isLowerIncluded), ("and newer", .isLowerIncluded),
    ("or newer", .isLowerIncluded), ("and above", .isLowerIncluded), ("or above", .isLowerIncluded),
    ("and higher", .isLowerIncluded), ("or higher", .isLowerIncluded), ("and up", .isLowerIncluded),
    ("and onwards", .isLowerIncluded), ("onwards", .isLowerIncluded), ("and after", .isLowerIncluded),
    ("earlier", .isUpperIncluded), ("to", .to), ("all versions", .all), ("all version", .all), ("any version", .all),
    ("all", .all), ("versions", .noise), ("version", .noise), ("ver.", .noise), ("ver", .noise), ("releases", .noise),
    ("release", .noise), ("series", .branch), ("branch", .branch), ("only", .noise), ("inclusive", .noise),
    ("including", .noise), ("and", .separator), ("or", .separator), ("except", .reversal), ("excluding", .reversal),
    ("fixed", .reversal), ("unaffected", .reversal), ("patched", .reversal), ("not affected", .reversal),
  ]
}
