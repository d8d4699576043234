import Testing

@testable import CampaignCore

@Suite struct PhonePlanTests {
    @Test func `Brazil has 67 area codes and reads a mobile in each`() {
        let areas = (0...99).filter { BrazilianPlan.isArea(Int64($0)) }
        #expect(areas.count == 67)
        for area in areas {
            #expect(PhoneReader().read("\(area)999990001").map(\.text) == .success("55\(area)999990001"))
            #expect(PhoneReader().read("+55\(area)33334444").map(\.text) == .success("55\(area)33334444"))
            // 55 9…: twelve digits are also one too many for a mobile number of area 55.
            let plain: Result<String, PhoneProblem> = area > 90 ? .failure(.ambiguous) : .success("55\(area)33334444")
            #expect(PhoneReader().read("55\(area)33334444").map(\.text) == plain)
        }
    }

    @Test func `every row of the calling codes is understood, and no code begins another`() throws {
        #expect(CallingCode.count == CallingCode.rows.count)
        #expect(CallingCode.count > 200)
        for row in CallingCode.rows {
            let code = try #require(row.split(separator: " ").first.flatMap { Int64($0) })
            let entry = try #require(CallingCode.named(code))
            #expect(entry.lengths != 0)
            #expect(entry.mobileLengths & ~entry.lengths == 0)
            #expect(entry.code < 10 || CallingCode.named(code / 10) == nil)
            #expect(entry.code < 100 || CallingCode.named(code / 100) == nil)
        }
    }

    @Test func `digits keep their leading zeros`() {
        let digits = PhoneDigits("0055 011")
        #expect(digits.count == 7)
        #expect(digits.prefix(2) == PhoneDigits(value: 0, count: 2))
        #expect(digits.dropFirst(2) == PhoneDigits(value: 55011, count: 5))
        #expect(digits.dropFirst(4) == PhoneDigits(value: 11, count: 3))
        #expect(digits.dropFirst(9) == PhoneDigits())
    }

    @Test(arguments: [
        "+54 9 11 5555-2001", "54 11 15 5555-2001", "+54 11 5555-2001", "+54 9 11 15 5555-2001",
        "0054 011 15 5555-2001",
    ])
    func `an Argentine line has one identity however its mobile number is marked`(_ text: String) throws {
        #expect(try PhoneReader().read(text).get().identity == 541_155_552_001)
    }

    @Test func `the 15 of an Argentine number is found after its area code and nowhere else`() {
        #expect(ArgentinianPlan.read(PhoneDigits("111555552001")) == .success(5_491_155_552_001))
        #expect(ArgentinianPlan.read(PhoneDigits("341155552001")) == .success(5_493_415_552_001))
        #expect(ArgentinianPlan.read(PhoneDigits("296615552001")) == .success(5_492_966_552_001))
        #expect(ArgentinianPlan.read(PhoneDigits("115555552001")) == .failure(.tooLong))
        #expect(ArgentinianPlan.read(PhoneDigits("411555552001")) == .failure(.tooLong))
    }
}
