import CampaignCore
import Testing

@Suite struct PhoneKindTests {
    @Test(
        arguments: [
            ("5511987654301", .mobile), ("551133334444", .fixed), ("5555987654301", .mobile), ("556733334444", .fixed),
            // Portugal, Spain, the United Kingdom.
            ("351912345678", .mobile), ("351212345678", .fixed), ("34612345678", .mobile), ("447911123456", .mobile),
            ("442071234567", .fixed),
            // Where they look alike, and what is no telephone number.
            ("14155552671", .unknown), ("525512345678", .unknown), ("123456789012345@lid", .unknown),
        ] as [(String, PhoneNumber.Kind)])
    func `a number is mobile or fixed where its digits say so`(_ text: String, _ kind: PhoneNumber.Kind) throws {
        #expect(try #require(PhoneNumber(text: text)).kind == kind)
    }
}
