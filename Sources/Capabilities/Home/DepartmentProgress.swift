import Design
import HTML
import Nouns
import Text
import Web

/// How far a department is with what is asked of it now.
package struct HomeDepartment: Sendable, Hashable {
  package let name: String
  package let done: Int
  package let asked: Int
  /// Where what it has not answered stands.
  package let link: String

  package init(name: String, done: Int, asked: Int, link: String) {
    self.name = name
    self.done = done
    self.asked = asked
    self.link = link
  }
}

/// 点検の進み具合 on the safety manager's home: those that are behind by name, the others as a count.
struct DepartmentProgress {
  let departments: [HomeDepartment]
  let language: Language

  private static let most = 8

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    guard !departments.isEmpty else { return .empty }
    let open = departments.filter { $0.done < $0.asked }
    let finished = departments.count - open.count
    let counted = say(
      "点検を頼んだ\(departments.count)部門のうち、\(finished)部門が答え終わりました。",
      "Of \(departments.count) departments that were asked, \(finished) have answered everything."
    )
    let rows = open.prefix(Self.most).map { department -> HTML in
      let left = department.asked - department.done
      return """
        <tr><th scope="row"><a href="\(department.link)">\(department.name)</a></th>\
        <td class="num">\(department.done) / \(department.asked)</td>\
        <td>\(say("残り\(left)件", "\(left) left"))</td></tr>
        """
    }
    let heads = [say("部門", "Department"), say("答えた数", "Answered"), say("残り", "Left")]
    let table: HTML =
      rows.isEmpty
      ? .empty
      : """
      <div class="table"><table class="dense"><thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
    let rest = open.count - Self.most
    let more: HTML =
      rest > 0 ? "<p>\(say("ほか\(rest)部門が残っています。", "\(rest) more departments have something left."))</p>" : .empty
    return "<h2>\(say("部門ごとの点検の進み具合", "Self-checks by department"))</h2><p>\(counted)</p>\(table)\(more)"
  }
}
