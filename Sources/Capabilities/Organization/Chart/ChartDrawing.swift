import HTML
import Text

/// 体制図 as a drawing: one row a level, boxes side by side, lines from above to below. A table beside it says the same for
/// those who do not see it.
struct ChartDrawing {
  let posts: [ChartPost]
  let language: Language

  private static let width = 200
  private static let height = 92
  private static let gap = 20
  private static let across = 4
  private static let rowGap = 40

  private struct Box {
    let post: ChartPost
    let x: Int
    let y: Int
  }

  private var side: Int { Self.across * Self.width + (Self.across - 1) * Self.gap + 2 * Self.gap }

  /// Where each box stands, and how high the drawing is.
  private func layout() -> (rows: [[Box]], height: Int) {
    var rows: [[Box]] = []
    var y = Self.gap
    for level in 0...4 {
      let all = posts.filter { $0.role.level == level }
      for start in stride(from: 0, to: all.count, by: Self.across) {
        let row = all[start..<min(start + Self.across, all.count)]
        let wide = row.count * Self.width + (row.count - 1) * Self.gap
        var x = (side - wide) / 2
        rows.append(
          row.map { post in
            defer { x += Self.width + Self.gap }
            return Box(post: post, x: x, y: y)
          }
        )
        y += Self.height + Self.rowGap
      }
    }
    return (rows, y - Self.rowGap + Self.gap)
  }

  var html: HTML {
    let (rows, height) = layout()
    var lines: [HTML] = []
    for (upper, lower) in zip(rows, rows.dropFirst()) {
      guard let first = upper.first, let last = lower.first else { continue }
      let from = first.y + Self.height
      let middle = from + Self.rowGap / 2
      let xs = (upper + lower).map { $0.x + Self.width / 2 }
      for box in upper { lines.append(line(box.x + Self.width / 2, from, box.x + Self.width / 2, middle)) }
      lines.append(line(xs.min() ?? 0, middle, xs.max() ?? 0, middle))
      for box in lower { lines.append(line(box.x + Self.width / 2, middle, box.x + Self.width / 2, last.y)) }
    }
    let label = Localized(ja: "責任の体制図", en: "Chart of responsibilities")[language]
    return """
      <div class="table chart"><svg viewBox="0 0 \(side) \(height)" width="\(side)" height="\(height)" role="img" \
      aria-label="\(label)">\(lines)\(each: rows.flatMap { $0 }, box)</svg></div>
      """
  }

  private func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int) -> HTML {
    "<path d=\"M\(x1) \(y1)L\(x2) \(y2)\" class=\"wire\"/>"
  }

  private func box(_ box: Box) -> HTML {
    let post = box.post
    let role = post.department.isEmpty ? post.role.label[language] : "\(post.role.label[language]) \(post.department)"
    let nobody = Localized(ja: "未定", en: "Nobody yet")[language]
    let deputy =
      post.deputy.map { Localized(ja: "代行 \($0)", en: "Deputy \($0)")[language] }
      ?? Localized(ja: "代行者がいません", en: "No deputy")[language]
    let texts: [(String, Int, String)] = [
      (role, 20, "role"), (post.holder ?? nobody, 44, "who"), (deputy, 64, "sub"), (post.phone, 82, "sub"),
    ]
    let drawn = texts.map { text, down, look -> HTML in
      "<text x=\"\(box.x + 10)\" y=\"\(box.y + down)\" class=\"\(look)\">\(Width.cut(text, to: look == "who" ? 22 : 28))</text>"
    }
    return """
      <rect x="\(box.x)" y="\(box.y)" width="\(Self.width)" height="\(Self.height)" rx="4" \
      class="\(post.isOpen ? "open" : "held")"/>\(drawn)
      """
  }
}
