import CampaignCore
import Foundation
import Testing

@Suite struct PhoneNumberTests {
    @Test(arguments: [
        ("5511987654321", "+55 11 98765-4321"), ("551133334444", "+55 11 3333-4444"),
        ("14155552671", "+1 415 555-2671"),
        ("351912345678", "+351 912345678"), ("123456789012345@lid", "123456789012345@lid"), ("5511", nil),
    ])
    func `a number is spelled so that people see which one it is`(_ text: String, _ spelled: String?) {
        #expect(PhoneNumber(text: text)?.spelled == spelled)
    }

    @Test(arguments: [
        (551199990001 as Int64, 5_511_999_990_001 as Int64),  // mobile without its ninth digit
        (5_511_999_990_001, 5_511_999_990_001),
        (555599990001, 5_555_999_990_001),  // DDD 55
        (551133334444, 551133334444),  // fixed line
        (552099990001, 552099990001),  // no area 20: nothing is made up
        (5_215_512_345_678, 525512345678),  // Mexico until 2019
        (525512345678, 525512345678),
        (5_491_155_552_001, 541155552001),  // Argentina, with and without the 9 of a mobile number
        (541155552001, 541155552001),
        (5_493_415_552_001, 543415552001),
        (5_499_155_552_001, 5_499_155_552_001),  // no area code begins with 9
        (14155552671, 14155552671),
        (-999_999_999_999_999, -999_999_999_999_999),
    ])
    func `every way of writing a line has the same identity`(_ value: Int64, _ identity: Int64) throws {
        #expect(try #require(PhoneNumber(value: value)).identity == identity)
    }

    @Test(arguments: [
        (5_511_999_994_321 as Int64, "5511•••••4321"),
        (551133334321, "551•••••4321"),
        (14155552671, "14•••••2671"),
        (2_389_911_234, "2•••••1234"),
        (1_000_000, "•••••00"),
        (999_999_999_999_999, "9999•••••••9999"),
        (-123_456_789_012_345, "1234•••••••2345@lid"),
        (-7, "•@lid"),
    ])
    func `a masked number hides at least five digits`(_ value: Int64, _ masked: String) throws {
        let number = try #require(PhoneNumber(value: value))
        #expect(number.masked == masked)
        #expect("\(number)" == masked)
    }

    @Test(arguments: [
        0 as Int64, 999_999, 1_000_000_000_000_000, -1_000_000_000_000_000_000, .min, 0x3FFF_FFFF_FFFF_FFFF,
    ])
    func `a value that is not a number is not read back`(_ value: Int64) {
        #expect(PhoneNumber(value: value) == nil)
    }

    @Test(arguments: [
        "", "@lid", "+5511999990001", "11 99999-0001", "05511999990001", "-5511999990001", "12@LID", "1@lid@lid",
    ])
    func `only the form send-call takes is a text`(_ text: String) {
        #expect(PhoneNumber(text: text) == nil)
    }

    @Test(arguments: ["5511999990001", "123456789012345678@lid"])
    func `JSON carries the text and gives the number back`(_ text: String) throws {
        let number = try #require(PhoneNumber(text: text))
        let json = try JSONEncoder().encode([number])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([PhoneNumber].self, from: json) == [number])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([PhoneNumber].self, from: Data("[\"x\"]".utf8)) }
    }

    @Test func `every problem has its own code and a remedy in one sentence`() {
        let codes = PhoneProblem.allCases.map(\.code)
        #expect(Set(codes).count == codes.count)
        for problem in PhoneProblem.allCases {
            #expect(problem.code.hasPrefix("phone_"))
            #expect(PhoneProblem(rawValue: problem.code) == problem)
            #expect(problem.suggestion.hasSuffix("."))
        }
    }
}
