import CampaignCore
import Testing

@Suite struct PhoneSplitTests {
    private typealias Number = Result<String, PhoneProblem>

    private func numbers(_ text: String, area: String = "", by reader: PhoneReader = PhoneReader()) -> [Number] {
        reader.numbers(in: Array(text.utf8)[...], area: Array(area.utf8)[...]).map { $0.map(\.text) }
    }

    @Test(arguments: PhoneSplitCase.separators)
    func `two numbers in a cell are two numbers in their order, whatever is between`(_ text: String) {
        #expect(numbers(text) == [.success("5511999990001"), .success("5511988880002")])
    }

    @Test(arguments: PhoneSplitCase.local)
    func `a local number takes the area code of those before it, and nothing is made up`(_ example: PhoneSplitCase) {
        #expect(numbers(example.text, area: example.area) == example.expected)
    }

    @Test(arguments: PhoneSplitCase.rest)
    func `remarks, repetitions and plain rows of digits are not taken for second numbers`(_ example: PhoneSplitCase) {
        #expect(numbers(example.text, area: example.area) == example.expected)
    }

    @Test func `a fixed line that is not wanted still lends its area code`() {
        let reader = PhoneReader(allowsLandlines: false)
        #expect(
            numbers("11 3333-4444 / 99999-0001", by: reader) == [.failure(.landline), .success("5511999990001")])
    }

    @Test(arguments: [
        PhoneSplitCase("(415) 555-2671 / (415) 555-2672", .success("14155552671"), .success("14155552672")),
        PhoneSplitCase("(415) 555-2671 / 5552672", .success("14155552671"), .failure(.tooShort)),
        PhoneSplitCase("(415) 555-2671 / 5552672", area: "212", .failure(.contradiction), .success("12125552672")),
        PhoneSplitCase("(415) 555-2671 / 5552672", area: "415", .success("14155552671"), .success("14155552672")),
        PhoneSplitCase("(415) 555-2671 (415) 555-2672", .success("14155552671"), .success("14155552672")),
    ])
    func `elsewhere a local number takes the area code of the other cell only`(_ example: PhoneSplitCase) throws {
        let reader = try #require(PhoneReader(country: "1"))
        #expect(numbers(example.text, area: example.area, by: reader) == example.expected)
    }

    @Test func `every cell of the table gives at least one result, and the same one when it can be read`() throws {
        for example in PhoneCases.all {
            let reader = try #require(PhoneReader(country: example.country))
            let numbers = numbers(example.text, by: reader)
            #expect(!numbers.isEmpty)
            if case .success = example.expected { #expect(numbers == [example.expected]) }
            if numbers.count == 1, example.expected != .failure(.twoNumbers) { #expect(numbers == [example.expected]) }
        }
    }
}
