import HTML
import Text

/// Warns before a session ends, by script: 「延長する」 keeps it with one key. Typed text is kept by `FormFrame`'s draft in
/// any case, so that without scripts nothing worse happens than signing in again.
package struct SessionWarning: Sendable {
  /// Seconds from now until the session ends if nothing is done.
  package let endsIn: Int
  /// Seconds before the end at which to warn.
  package let warnsBefore: Int
  /// Receives `POST` with `token` in `X-CSRF-Token`; answers `{"endsIn": seconds}`.
  package let extendAddress: String
  package let token: String

  package init(endsIn: Int, warnsBefore: Int = 120, extendAddress: String = "/session/extend", token: String) {
    self.endsIn = endsIn
    self.warnsBefore = warnsBefore
    self.extendAddress = extendAddress
    self.token = token
  }

  func html(_ language: Language) -> HTML {
    let ja = language == .ja
    return """
      <dialog data-session="\(endsIn)" data-before="\(warnsBefore)" data-extend="\(extendAddress)" \
      data-token="\(token)" aria-labelledby="session-title">\
      <h2 id="session-title">\(ja ? "まもなく自動でサインアウトします" : "You will be signed out soon")</h2>\
      <p>\(ja ? "しばらく操作がなかったためです。入力中の文字は、この端末に残ります。" : "There has been no activity for a while. What you typed is kept on this computer.")</p>\
      <p data-left="\(ja ? "残り{}秒" : "{} seconds left")" data-failed="\
      \(ja ? "延長できませんでした。通信を確かめて、もう一度押してください。" : "Could not stay signed in. Check the network and try again.")"></p>\
      <div class="btns"><button class="btn" type="button">\(ja ? "延長する" : "Stay signed in")</button></div></dialog>
      """
  }
}
