import Design
import Records
import SQL
import Text

/// Which systems are under single sign-on, and what nobody has asked yet: where somebody leaves, every system outside it has
/// an account of its own to close.
extension Measures {
  static let signOn = [
    Measure(
      "ledger.systems.singleSignOn",
      ja: "シングルサインオンのシステム",
      en: "Systems under single sign-on",
      of: "single_sign_on IS NULL OR single_sign_on <> 'na'",
      where: "single_sign_on = 'yes'",
      isWorry: false,
      link: Kind.signInView("f.single_sign_on=yes&")
    ) { value, of in
      Localized(
        ja: "システム\(of.grouped)件のうち\(value.grouped)件は、病院の認証基盤でサインインします。",
        en:
          "Of \(of.grouped) systems, \(value.english("is", "are")) signed in to through the hospital's directory or provider."
      )
    },
    Measure(
      "ledger.systems.signOnUnknown",
      ja: "サインインのしかたが分からないシステム",
      en: "Systems whose sign-in is unknown",
      of: "1 = 1",
      where: "\(open("single_sign_on")) OR (single_sign_on = 'yes' AND \(open("identity_provider")))",
      link: Kind.signInView("f.single_sign_on=%3F&f.single_sign_on=!&")
    ) { value, of in
      Localized(
        ja: "システム\(of.grouped)件のうち\(value.grouped)件は、シングルサインオンかどうか、または何で本人を確かめているかが記録されていません。",
        en:
          "Of \(of.grouped) systems, \(value.english("does not say whether it is", "do not say whether they are")) under single sign-on, or by what."
      )
    },
    Measure(
      "ledger.systems.sharedAccounts",
      ja: "共用アカウントのあるシステム",
      en: "Systems with shared accounts",
      of: "accounts IS NOT NULL AND accounts NOT IN ('?', 'none')",
      where: "accounts IN ('shared', 'mixed')",
      link: Kind.signInView("f.accounts=shared&f.accounts=mixed&")
    ) { value, of in
      Localized(
        ja: "アカウントの持ち方が分かっているシステム\(of.grouped)件のうち\(value.grouped)件は、複数の人が同じアカウントを使います。誰がしたことかを後からたどれません。",
        en:
          "Of \(of.grouped) systems whose accounts are known, \(value.english("is", "are")) used by several people under one account, so nobody can tell afterwards who did what."
      )
    },
  ]
}
