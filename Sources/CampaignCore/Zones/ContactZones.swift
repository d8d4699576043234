/// Which time zones a contact may live in, as far as its number tells.
///
/// A number of Brazil tells by its area code, one of another country by its calling code. Where that leaves several
/// zones, all of them are the answer: nobody is called at an hour that is wrong in one of them. A number says where it
/// was given out: whoever has moved since then is not known.
package enum ContactZones {
    /// What holds where not even a country is known.
    private static let nowhere = ["UTC"]

    /// The zones that a number may be in, by their IANA names; never empty.
    ///
    /// - Parameters:
    ///   - phone: the number. An `@lid` has no country, nor has a satellite phone: they count as the campaign's.
    ///   - country: the campaign's calling code, such as `55`.
    package static func zones(of phone: PhoneNumber, country: String) -> [String] {
        guard !phone.isLid else { return zones(ofCountry: country) }
        if let area = BrazilianPlan.area(ofNumber: phone.value), let zones = BrazilianZones.zones(ofArea: area) {
            return zones
        }
        return CountryZones.zones(ofNumberBeginning: phone.value) ?? zones(ofCountry: country)
    }

    /// Whether a calling code is that of a country whose zones are known.
    package static func knows(country: String) -> Bool {
        Int64(country).flatMap(CountryZones.zones(ofNumberBeginning:)) != nil
    }

    /// All zones of a country, that of most of its people first; never empty, and UTC for a code of no country.
    ///
    /// - Parameter country: a calling code, such as `55`.
    package static func zones(ofCountry country: String) -> [String] {
        Int64(country).flatMap(CountryZones.zones(ofNumberBeginning:)) ?? nowhere
    }
}
