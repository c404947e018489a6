import Text

/// The 47 prefectures in the order of JIS X 0401, from north to south.
package struct Prefecture: Sendable, Hashable {
  package let name: Localized

  /// By the Japanese name, which is what is stored.
  package static func named(_ name: String) -> Prefecture? { all.first { $0.name.ja == name } }

  package static let all: [Prefecture] = [
    make("北海道", "Hokkaido"), make("青森県", "Aomori"), make("岩手県", "Iwate"), make("宮城県", "Miyagi"), make("秋田県", "Akita"),
    make("山形県", "Yamagata"), make("福島県", "Fukushima"), make("茨城県", "Ibaraki"), make("栃木県", "Tochigi"),
    make("群馬県", "Gunma"), make("埼玉県", "Saitama"), make("千葉県", "Chiba"), make("東京都", "Tokyo"),
    make("神奈川県", "Kanagawa"), make("新潟県", "Niigata"), make("富山県", "Toyama"), make("石川県", "Ishikawa"),
    make("福井県", "Fukui"), make("山梨県", "Yamanashi"), make("長野県", "Nagano"), make("岐阜県", "Gifu"),
    make("静岡県", "Shizuoka"), make("愛知県", "Aichi"), make("三重県", "Mie"), make("滋賀県", "Shiga"), make("京都府", "Kyoto"),
    make("大阪府", "Osaka"), make("兵庫県", "Hyogo"), make("奈良県", "Nara"), make("和歌山県", "Wakayama"), make("鳥取県", "Tottori"),
    make("島根県", "Shimane"), make("岡山県", "Okayama"), make("広島県", "Hiroshima"), make("山口県", "Yamaguchi"),
    make("徳島県", "Tokushima"), make("香川県", "Kagawa"), make("愛媛県", "Ehime"), make("高知県", "Kochi"),
    make("福岡県", "Fukuoka"), make("佐賀県", "Saga"), make("長崎県", "Nagasaki"), make("熊本県", "Kumamoto"),
    make("大分県", "Oita"), make("宮崎県", "Miyazaki"), make("鹿児島県", "Kagoshima"), make("沖縄県", "Okinawa"),
  ]

  private static func make(_ ja: String, _ en: String) -> Prefecture { Prefecture(name: Localized(ja: ja, en: en)) }
}
