import Design
import HTML
import Text
import Time
import Web

/// A training that somebody still has to take.
package struct HomeTraining: Sendable, Hashable {
  package let title: String
  package let due: LocalDate
  package let done: Int
  package let asked: Int
  package let link: String

  package init(title: String, due: LocalDate, done: Int, asked: Int, link: String) {
    self.title = title
    self.due = due
    self.done = done
    self.asked = asked
    self.link = link
  }
}

/// How many of the staff somebody answers for have taken what was asked of them.
package struct HomeStaffTraining: Sendable, Hashable {
  package let done: Int
  package let asked: Int
  package let link: String

  package init(done: Int, asked: Int, link: String) {
    self.done = done
    self.asked = asked
    self.link = link
  }

  /// 「職員の研修 18/20名」.
  var words: Localized {
    Localized(
      ja: "職員の研修 \(done.grouped)/\(asked.grouped)名",
      en: "Trainings of staff: \(done.grouped) of \(asked.grouped)"
    )
  }
}

/// 期限が近い研修 on the safety manager's home.
struct TrainingsDue {
  let trainings: [HomeTraining]
  let request: WebRequest

  private static let most = 5

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }

  var html: HTML {
    guard !trainings.isEmpty else { return .empty }
    let today = request.now.day
    let rows = trainings.prefix(Self.most).map { training -> HTML in
      let late = today.days(since: training.due)
      let chip: HTML =
        late > 0 ? Chip(say("\(late.grouped)日超過", "\(late.english("day", "days")) late"), .red).html + " " : .empty
      let day = request.dates.brief(training.due, today: today)
      return """
        <li>\(chip)<span class="nb">\(say("\(day)まで", "until \(day)"))</span> <a href="\(training.link)">\(training.title)</a> \
        <span class="nb">\(training.done.grouped) / \(training.asked.grouped)\(say("名が受講", " have taken it"))</span></li>
        """
    }
    let rest = trainings.count - Self.most
    let more: HTML = rest > 0 ? "\(say("ほか\(rest)件。", "\(rest) more. "))" : .empty
    return """
      <h2>\(say("期限が近い研修", "Trainings that end soon"))</h2><ul class="log">\(rows)</ul>\
      <p>\(more)<a href="/trainings">\(say("研修の状況を見る", "All trainings"))</a></p>
      """
  }
}
