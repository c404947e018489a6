import Crypto
import Time

/// Time-based one-time codes of authenticator apps (RFC 6238: HMAC-SHA-1, 6 digits, 30 seconds, which is what all
/// of them can do).
package struct TOTP: Sendable, Hashable {
  /// 20 bytes, as RFC 4226 recommends.
  package let secret: [UInt8]

  package init(secret: [UInt8]) { self.secret = secret }

  package init(from entropy: Entropy) { secret = entropy.bytes(20) }

  /// Seconds of one step.
  package static let period: Int64 = 30

  package static func step(at moment: Instant) -> Int64 { moment.milliseconds / (period * 1000) }

  /// The code of a step, six digits; `digits` is for the test vectors of the standard.
  package func code(step: Int64, digits: Int = 6) -> String {
    let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
    let hash = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret))
    )
    let offset = Int(hash[19] & 15)
    let number =
      UInt32(hash[offset] & 0x7f) << 24 | UInt32(hash[offset + 1]) << 16 | UInt32(hash[offset + 2]) << 8
      | UInt32(hash[offset + 3])
    var rest = number
    var text: [UInt8] = []
    for _ in 0..<digits {
      text.append(48 + UInt8(rest % 10))
      rest /= 10
    }
    return String(decoding: text.reversed(), as: UTF8.self)
  }

  /// The step whose code was typed, or nil. One step early or late is let pass for clocks that differ; a step at or
  /// before `lastUsed` is not, so a code seen over a shoulder opens nothing. The caller stores the step it gets.
  package func acceptedStep(of typed: String, at moment: Instant, lastUsed: Int64?) -> Int64? {
    let digits = Self.digits(of: typed)
    guard digits.count == 6 else { return nil }
    let now = Self.step(at: moment)
    var accepted: Int64?
    // All three are computed whatever matches, so that the time taken tells nothing.
    for step in [now + 1, now - 1, now] where Hash.areEqual(Array(code(step: step).utf8), digits) {
      if step > lastUsed ?? Int64.min { accepted = step }
    }
    return accepted
  }

  /// The secret as a person can type it: groups of four.
  package var typedSecret: String {
    let letters = Array(Base32.encode(secret))
    return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
      .joined(separator: " ")
  }

  /// The address behind the QR code (`otpauth://totp/…`).
  package func address(issuer: String, account: String) -> String {
    let (issuer, account) = (Self.escaped(issuer), Self.escaped(account))
    return "otpauth://totp/\(issuer):\(account)?secret=\(Base32.encode(secret))&issuer=\(issuer)"
      + "&algorithm=SHA1&digits=6&period=\(Self.period)"
  }

  /// Half- and full-width digits; spaces and hyphens between them are dropped, anything else makes it no code.
  private static func digits(of typed: String) -> [UInt8] {
    var digits: [UInt8] = []
    for scalar in typed.unicodeScalars {
      switch scalar.value {
      case 48...57: digits.append(UInt8(scalar.value))
      case 0xff10...0xff19: digits.append(UInt8(scalar.value - 0xff10 + 48))
      case 32, 9, 45, 0x3000, 0xff0d, 0x2010...0x2015, 0x2212: continue
      default: return []
      }
      if digits.count > 6 { return [] }
    }
    return digits
  }

  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: bytes.append(byte)
      default: bytes += Array("%\(Hex.encode([byte]).uppercased())".utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Ten single-use codes for the day the phone is lost. Shown once, stored hashed.
package enum RecoveryCodes {
  package static let count = 10
  private static let length = 24

  /// `h3kd-9wqm-x2tr-7bfa-4n8c-ke5y`: 120 bits each. Letters that look like digits are read as those digits.
  package static func make(_ entropy: Entropy) -> [String] {
    (0..<count).map { _ in
      let letters = entropy.bytes(length).map { alphabet[Int($0 & 31)] }
      return stride(from: 0, to: length, by: 4).map { String(decoding: letters[$0..<$0 + 4], as: UTF8.self) }
        .joined(separator: "-")
    }
  }

  /// What is stored; nil where the text cannot be a code. Capitals, full width, spaces and hyphens do not matter.
  /// What holds 112 bits of chance and more needs no slow hash (NIST SP 800-63B §5.1.2.2). Codes of earlier days have 16
  /// letters and open until they are renewed.
  package static func hash(_ typed: String) -> String? {
    var letters: [UInt8] = []
    for scalar in typed.unicodeScalars {
      var value = scalar.value
      if (0xff01...0xff5e).contains(value) { value -= 0xfee0 }
      if (65...90).contains(value) { value += 32 }
      if value == 32 || value == 45 || value == 0x3000 || value == 9 { continue }
      switch value {
      case 0x6f: value = 48
      case 0x69, 0x6c: value = 49
      default: break
      }
      guard value < 128, alphabet.contains(UInt8(value)), letters.count < length else { return nil }
      letters.append(UInt8(value))
    }
    guard letters.count == length || letters.count == 16 else { return nil }
    return Hash.sha256Hex(Array("yagura recovery code\0".utf8) + letters)
  }

  /// Crockford's 32: digits and letters without i, l, o, u.
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
