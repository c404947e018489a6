import Advisories

extension NameReader {
  /// What somebody types into a search, in the words that feeds use: 「ウィンドウズ」 is `windows`, 「フォーティネット」 the vendor
  /// `fortinet`. What it names as a product is read like any text of a ledger (`read`).
  package func searched(_ text: String) -> (words: String, vendors: Set<String>) {
    (NameText(text).words.map(\.text).joined(separator: " "), rules.vendors(ofMaker: text))
  }
}
