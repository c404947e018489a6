import Nouns
import Text
import Time

/// Somebody who may sign in.
package struct Account: Sendable, Hashable {
  package let id: String
  package let facility: FacilityID
  /// What is typed at sign-in, as it was entered.
  package let userName: String
  /// As others see it: 「佐藤 美咲」.
  package let name: String
  package let language: Language
  /// How the person likes dates, nil for what is usual in the language.
  package let dateStyle: DateStyle?
  package let createdAt: Instant
  /// Since when an administrator has locked it, nil where it works.
  package let lockedAt: Instant?
  package let signedInAt: Instant?
  package let hasSecondFactor: Bool
  /// Until when the password somebody else issued may be used once; nil where the person chose it.
  package let oneTimeUntil: Instant?
  package let grants: [HeldGrant]

  /// Under which an account is found: capitals, width and space around it do not matter at sign-in.
  static func key(of userName: String) -> String { Fold.exactKey(Width.trimmed(userName)) }
}

/// A role that an account holds, and the id of the row that says so.
package struct HeldGrant: Sendable, Hashable {
  package let id: String
  package let grant: Grant
}

/// An account as somebody entered it.
package struct AccountDraft: Sendable, Hashable {
  package let userName: String
  package let name: String
  package let language: Language
  package let dateStyle: DateStyle?

  package init(
    userName: String,
    name: String,
    language: Language = .ja,
    dateStyle: DateStyle? = nil
  ) throws(Problems) {
    var problems: [Problem] = []
    let userName = Width.halved(Width.trimmed(userName))
    if userName.isEmpty {
      problems.append(Problem("userName", Localized(ja: "ユーザー名を入力してください。", en: "Enter a user name.")))
    } else if !(2...64).contains(userName.utf8.count) || !userName.utf8.allSatisfy(Self.isAllowed) {
      problems.append(
        Problem(
          "userName",
          Localized(
            ja: "ユーザー名は、英字・数字と「.」「_」「-」「@」で2〜64文字にしてください。",
            en: "Use 2 to 64 letters, digits or . _ - @ for the user name."
          )
        )
      )
    }
    let name = Width.trimmed(name)
    if name.isEmpty || name.count > 100 {
      problems.append(
        Problem("displayName", Localized(ja: "氏名を100文字以内で入力してください。", en: "Enter a name of at most 100 characters."))
      )
    }
    guard problems.isEmpty else { throw Problems(problems) }
    self.userName = userName
    self.name = name
    self.language = language
    self.dateStyle = dateStyle
  }

  var key: String { Account.key(of: userName) }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 46, 64, 95: true
    default: false
    }
  }
}
