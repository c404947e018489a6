import Identity
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// What a vendor sees of a hospital: its own devices and what it is asked, and nothing else.
@Suite struct VendorAreaTests {
  @Test(arguments: Engine.available) func aVendorSeesItselfOnly(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let records = hospital.house.records.store
    let own = try await records.create(.vendor, ["name": "東都放射線"], in: hospital.scope()).id
    let other = try await records.create(.vendor, ["name": "北辰ネット"], in: hospital.scope()).id
    for (name, vendor, state) in [
      ("CT<1>号機", own, "in_use"), ("古いCT", own, "disposed"), ("境界装置", other, "in_use"),
    ] {
      let values = [
        "name": name, "maintenance_vendor": vendor, "state": state, "ip_address": "192.168.77.7",
        "model": "Model-\(name)",
      ]
      _ = try await records.create(.asset, values, in: hospital.scope())
    }
    _ = try await records.create(
      .vendorEnquiry,
      ["vendor": own, "year": "2026", "due_on": "2026-12-01"],
      in: hospital.scope()
    )
    _ = try await records.create(
      .vendorEnquiry,
      ["vendor": other, "year": "2031", "due_on": "2026-12-01"],
      in: hospital.scope()
    )
    let vendor = try await hospital.browser(.vendor)
    #expect(await vendor.get("/").text.contains("まだ登録されていません"))
    let accounts = try await hospital.house.identity.accounts(in: hospital.scope())
    let account = try #require(accounts.first { $0.userName == "vendor" })
    let administrator = try await hospital.browser(.administrator)
    #expect(await administrator.get("/settings/vendor-accounts").text.contains("vendor-\(account.id)"))
    let kept = await administrator.post("/settings/vendor-accounts", ["vendor-\(account.id)": own])
    #expect(kept.status == 303)

    let home = await vendor.get("/").text
    #expect(home.contains("東都放射線") && home.contains("CT&lt;1&gt;号機") && home.contains("2026年度の照会"))
    for secret in ["192.168.77.7", "境界装置", "北辰ネット", "古いCT", "2031年度"] {
      #expect(!home.contains(secret), "\(secret)")
    }
    #expect(await vendor.get("/settings/vendor-accounts").status == 403)
    #expect(await vendor.get("/ledger/asset").status == 403)
    // A form that was handed over with a link is answered by it; nobody can read it here.
    let form = try await Addresses.supplier(in: hospital)
    let token = try await Addresses.terminal(of: form, in: hospital)
    _ = await administrator.post("/settings/vendor-accounts", ["vendor-\(account.id)": form])
    let asked = await vendor.get("/").text
    #expect(asked.contains("お渡ししたリンク") && !asked.contains(token))
    // Nobody's again, or a vendor that was retired: nothing is shown.
    _ = await administrator.post("/settings/vendor-accounts", ["vendor-\(account.id)": own])
    _ = try await records.archive(.vendor, .ids([own]), reason: "廃業", in: hospital.scope())
    #expect(await !vendor.get("/").text.contains("CT&lt;1&gt;号機"))
    await hospital.close()
  }

  @Test(arguments: Engine.available) func programsSayWhoseAnAccountIs(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let vendor = try await hospital.house.records.store.create(.vendor, ["name": "東都放射線"], in: hospital.scope()).id
    let account = try await hospital.account("outside", .vendor)
    let client = APIClient(app: hospital.app, token: try await hospital.token("利用者", [.manageUsers]).text)
    let path = "/vendor-accounts/\(account.id)"
    #expect(try await client.send("PUT", path, "{\"vendor\": \"\(vendor)\"}").json["vendorName"]?.text == "東都放射線")
    let all = try await client.get("/vendor-accounts").json["items"]?.array ?? []
    #expect(all.map { $0["vendor"]?.text } == [vendor] && all.first?["userName"]?.text == "outside")
    #expect(await client.send("PUT", path, "{\"vendor\": \"\(account.id)\"}").status == 422)
    let staff = try await hospital.account("inside", .staff)
    #expect(await client.send("PUT", "/vendor-accounts/\(staff.id)", "{\"vendor\": null}").status == 404)
    #expect(await client.send("PUT", path, "{\"vendor\": null}").status == 200)
    #expect(try await hospital.house.organization.vendorAccounts.vendor(of: account.id, hospital.facility) == nil)
    await hospital.close()
  }
}
