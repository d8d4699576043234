extension PhoneNumber {
    /// The number for people, so that they see at once which one it is: `+55 11 98765-4321`. An `@lid` as it is.
    package var spelled: String {
        let digits = PhoneDigits(self)
        guard !isLid, let country = CallingCode.beginning(digits) else { return text }
        let national = text.dropFirst(country.digits)
        guard country.code == BrazilianPlan.code || country.code == CallingCode.northAmerica, national.count >= 10
        else {
            return "+\(country.code) \(national)"
        }
        let area = country.code == BrazilianPlan.code ? 2 : 3
        let line = national.dropFirst(area)
        return "+\(country.code) \(national.prefix(area)) \(line.dropLast(4))-\(line.suffix(4))"
    }
}
