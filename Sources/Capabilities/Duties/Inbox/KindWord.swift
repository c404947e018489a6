import Nouns
import Text
import Time

/// ひとこと: a short word of thanks, which lies in the inbox of whoever it is for, under the sender's name.
package struct KindWord: Sendable, Hashable {
  package let text: String
  /// Accounts.
  package let recipients: [String]

  package static let longest = 300
  package static let most = 100

  package init(_ text: String, to recipients: [String]) {
    self.text = text
    self.recipients = recipients
  }
}

extension Duties {
  /// Whom a word may be for: everybody who works on security here, by name, but not oneself.
  package func thanked(by account: String, _ facility: FacilityID) async throws -> [DutyPerson] {
    let roles: Set<Role> = [.director, .safetyManager, .administrator, .departmentHead]
    return try await needs.people(facility).filter { person in
      person.account != account && person.grants.contains { roles.contains($0.role) }
    }
  }

  /// Puts the word into the inboxes. Answers how many got it. Throws `DutyProblems` with every reason at once.
  package func send(_ word: KindWord, in scope: Scope<ManageDuties>) async throws -> Int {
    var problems = DutyProblems()
    let text = Width.trimmed(word.text)
    if text.isEmpty { problems.add("text", "ひとことを入力してください。", "Write a word.") }
    if text.count > KindWord.longest {
      problems.add(
        "text",
        "\(KindWord.longest)文字までにしてください（今は\(text.count)文字）。",
        "At most \(KindWord.longest) characters, now \(text.count)."
      )
    }
    let wanted = Set(word.recipients)
    let people = try await thanked(by: scope.actor.id, scope.facility).filter { wanted.contains($0.account) }
    if wanted.isEmpty {
      problems.add("to", "送る相手を選んでください。", "Choose whom it is for.")
    } else if people.count != wanted.count {
      problems.add("to", "選んだ人の中に、いま送れない人がいます。選び直してください。", "Somebody chosen cannot be sent to now. Choose again.")
    } else if people.count > KindWord.most {
      problems.add("to", "一度に送れるのは\(KindWord.most)人までです。", "At most \(KindWord.most) people at once.")
    }
    guard problems.list.isEmpty else { throw problems }
    let origin = "word/\(ids.next())"
    let name = scope.actor.name
    try await tell(
      people.map {
        InboxMessage.Draft(
          account: $0.account,
          origin: origin,
          title: Localized(ja: "\(name)さんからひとこと", en: "A word from \(name)"),
          text: Localized(both: text),
          link: "/inbox",
          isUrgent: false
        )
      },
      scope.facility
    )
    return people.count
  }
}
