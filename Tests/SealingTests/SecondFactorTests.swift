import Sealing
import Support
import Testing
import Time

@Suite struct SecondFactorTests {
  let totp = TOTP(secret: Array("12345678901234567890".utf8))

  /// RFC 6238, appendix B.
  @Test(
    arguments: [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
      (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ] as [(Int64, String)]
  )
  func theVectorsOfTheStandardComeOut(second: Int64, code: String) {
    let step = TOTP.step(at: Instant(milliseconds: second * 1000))
    #expect(totp.code(step: step, digits: 8) == code)
    #expect(totp.code(step: step) == String(code.suffix(6)))
  }

  @Test func oneStepEarlyOrLateIsLetPassAndTwoAreNot() {
    let now = Instant(milliseconds: 1_900_000_000_000)
    let step = TOTP.step(at: now)
    for offset in Int64(-4)...4 {
      let accepted = totp.acceptedStep(of: totp.code(step: step + offset), at: now, lastUsed: nil)
      #expect(accepted == (abs(offset) <= 1 ? step + offset : nil))
    }
  }

  @Test func aUsedCodeOpensNothing() {
    let now = Instant(milliseconds: 1_900_000_000_000)
    let step = TOTP.step(at: now)
    #expect(totp.acceptedStep(of: totp.code(step: step), at: now, lastUsed: step) == nil)
    #expect(totp.acceptedStep(of: totp.code(step: step - 1), at: now, lastUsed: step) == nil)
    #expect(totp.acceptedStep(of: totp.code(step: step + 1), at: now, lastUsed: step) == step + 1)
  }

  @Test(arguments: ["287 082", "２８７０８２", "287-082", " 287082 ", "２８７　０８２"])
  func theWayACodeIsTypedDoesNotMatter(typed: String) {
    #expect(totp.acceptedStep(of: typed, at: Instant(milliseconds: 59_000), lastUsed: nil) == 1)
  }

  @Test(arguments: ["", "287", "2870820", "28708a", "+287082", "２８７０８二", "\u{0}287082"])
  func whatIsNoCodeIsRefused(typed: String) {
    #expect(totp.acceptedStep(of: typed, at: Instant(milliseconds: 59_000), lastUsed: nil) == nil)
  }

  @Test func theAddressIsWhatAuthenticatorAppsRead() {
    let address = totp.address(issuer: "青葉 Hospital", account: "yamada@aoba")
    #expect(
      address == "otpauth://totp/%E9%9D%92%E8%91%89%20Hospital:yamada%40aoba?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        + "&issuer=%E9%9D%92%E8%91%89%20Hospital&algorithm=SHA1&digits=6&period=30"
    )
    #expect(totp.typedSecret == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
    #expect(Base32.decode(totp.typedSecret.lowercased()) == totp.secret)
  }

  @Test func tenRecoveryCodesAreReadHoweverTheyAreTyped() throws {
    let codes = RecoveryCodes.make(.system)
    #expect(Set(codes).count == 10)
    for code in codes {
      let hash = try #require(RecoveryCodes.hash(code))
      #expect(hash.count == 64)
      #expect(RecoveryCodes.hash(code.uppercased()) == hash)
      #expect(RecoveryCodes.hash(code.split(separator: "-").joined(separator: " ")) == hash)
      #expect(RecoveryCodes.hash(String(code.map { $0 == "0" ? "o" : $0 == "1" ? "l" : $0 })) == hash)
      #expect(RecoveryCodes.hash(String(code.dropLast())) == nil)
    }
    #expect(RecoveryCodes.hash("") == nil)
    #expect(RecoveryCodes.hash("uuuu-uuuu-uuuu-uuuu") == nil)
    #expect(codes.allSatisfy { $0.filter { $0 != "-" }.count == 24 })
    // Those of earlier days.
    #expect(RecoveryCodes.hash("h3kd-9wqm-x2tr-7bfa") != nil)
    #expect(RecoveryCodes.hash("h3kd-9wqm-x2tr-7bfa-4n8c") == nil)
  }

  @Test func theCodeOnScreenHasItsThreeCornersAndEverySquareIsDrawn() throws {
    let code = try #require(QRCode(totp.address(issuer: "Yagura", account: "yamada")))
    #expect((code.size - 17) % 4 == 0)
    #expect(code.modules.count == code.size * code.size)
    for (row, column) in [(0, 0), (0, code.size - 7), (code.size - 7, 0)] {
      for offset in 0..<7 { #expect(code.modules[row * code.size + column + offset]) }
      #expect(!code.modules[(row + 1) * code.size + column + 1])
    }
    var drawn = 0
    for line in code.svgPath.split(separator: "M") {
      for run in line.split(separator: "h").dropFirst() {
        drawn += try #require(run.split(separator: "m").first.flatMap { Int($0) })
      }
    }
    #expect(drawn == code.modules.filter { $0 }.count)
    #expect(QRCode("") == nil)
    #expect(QRCode(String(repeating: "x", count: 2332)) == nil)
    #expect(QRCode(String(repeating: "x", count: 2331)) != nil)
  }
}
