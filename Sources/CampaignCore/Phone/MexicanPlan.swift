/// Mexico: until 3 August 2019 a mobile number was dialled from abroad as 52 1 and ten digits; WhatsApp still knows many so. Since
/// then ten digits follow 52 (IFT, Plan Técnico Fundamental de Numeración, 2018), and none of them begins with 1.
enum MexicanPlan {
    static let code: Int64 = 52

    static func isOldMobile(_ national: PhoneDigits) -> Bool {
        national.count == 11 && national.first == 1 && national.dropFirst(1).first > 1
    }

    /// The form of today of an old Mexican mobile number; nil for every other value.
    static func shortened(_ value: Int64) -> Int64? {
        guard 5_212_000_000_000...5_219_999_999_999 ~= value else { return nil }
        return code * 10_000_000_000 + value % 10_000_000_000
    }
}
