import HTML
import Text

/// Which part of a list is shown, with links to the others. The address holds `page` (from 1) and `size`.
package struct Pager: Sendable {
  /// 100 at first, 500 at most.
  package static let sizes = [50, 100, 500]
  package static let usualSize = 100

  /// One of `sizes` as an address holds it; nil where it holds none of them.
  package static func size(_ text: String?) -> Int? { sizes.first { String($0) == text } }

  package let address: Address
  package let number: Int
  package let size: Int
  package let total: Int
  package let unit: Unit

  package init(address: Address, number: Int, size: Int = Pager.usualSize, total: Int, unit: Unit = .items) {
    self.address = address.removing("select")
    self.size = max(1, size)
    self.total = max(0, total)
    self.number = min(max(1, number), max(1, (max(0, total) + max(1, size) - 1) / max(1, size)))
    self.unit = unit
  }

  /// The rows of the page, of all that there are.
  package func part<Row>(of rows: [Row]) -> [Row] { Array(rows.dropFirst((number - 1) * size).prefix(size)) }

  package var pages: Int { max(1, (total + size - 1) / size) }

  /// 「1〜50件 / 5,000件」.
  package func counter(_ language: Language) -> HTML {
    if total == 0 { return "<span>\(unit.count(0, language))</span>" }
    let first = ((number - 1) * size + 1).grouped
    let last = min(number * size, total)
    switch language {
    case .ja: return "<span class=\"nb\">\(first)〜\(unit.count(last, .ja)) / \(unit.count(total, .ja))</span>"
    case .en: return "<span class=\"nb\">\(first)–\(last.grouped) of \(unit.count(total, .en))</span>"
    }
  }

  /// Links to the pages and the page sizes; nothing where one page of the smallest size holds all.
  package func html(_ language: Language) -> HTML {
    if total <= Self.sizes[0] { return .empty }
    let ja = language == .ja
    return """
      <div class="line pager">\(links(language))<span class="push"></span><span>\(ja ? "1ページに表示" : "Per page")</span>\
      <ul>\(each: Self.sizes, sizeLink)</ul></div>
      """
  }

  /// Links to the pages alone, where their size is not to be chosen; nothing where one holds all.
  package func links(_ language: Language) -> HTML {
    let ja = language == .ja
    let label = ja ? "ページ" : "Pages"
    return pages == 1 ? .empty : "<nav aria-label=\"\(label)\"><ul class=\"pages\">\(pageLinks(ja))</ul></nav>"
  }

  private func sizeLink(_ choice: Int) -> HTML {
    choice == size
      ? "<li><b aria-current=\"true\">\(choice)</b></li>"
      : "<li><a href=\"\(address.setting("page", nil).setting("size", String(choice)).text)\">\(choice)</a></li>"
  }

  private func pageLinks(_ ja: Bool) -> HTML {
    var parts: [HTML] = []
    if number > 1 { parts.append(link(number - 1, ja ? "前へ" : "Previous", rel: "prev")) }
    var previous = 0
    for page in shown {
      if page > previous + 1 { parts.append("<li aria-hidden=\"true\">…</li>") }
      parts.append(
        page == number
          ? "<li><b aria-current=\"page\">\(page)</b></li>" : link(page, page.grouped, rel: nil)
      )
      previous = page
    }
    if number < pages { parts.append(link(number + 1, ja ? "次へ" : "Next", rel: "next")) }
    return parts.joined()
  }

  /// The first, the last and those around the current one.
  private var shown: [Int] {
    Set([1, 2, number - 1, number, number + 1, pages]).filter { (1...pages).contains($0) }.sorted()
  }

  private func link(_ page: Int, _ label: String, rel: String?) -> HTML {
    let target = address.setting("page", page == 1 ? nil : String(page)).text
    return "<li><a href=\"\(target)\"\(attribute: "rel", rel)>\(label)</a></li>"
  }
}
