import CampaignCore

/// Argentina's `15` and `9`; checked against the metadata of Google's libphonenumber (PyPI `phonenumbers` 9.0.43) where it reads
/// such a number at all.
extension PhoneCases {
    static let argentina: [PhoneCase] = [
        PhoneCase("+54 9 11 5555-2001", "5491155552001", "WhatsApp's own form, Argentina"),
        PhoneCase("+54 11 15 5555-2001", "5491155552001", "address book, the 15 kept behind the code"),
        PhoneCase("+54 11 5555-2001", "541155552001", "no sign of a mobile number: dialed as written"),
        PhoneCase("54 9 11 5555-2001", .tooLong, "Argentina without plus, or two digits too many in area 54"),
        PhoneCase("54 11 15 5555-2001", "5491155552001", "Argentina without plus, with 15"),
        PhoneCase("0054 9 341 555-2001", "5493415552001", "00 before the calling code, Rosario"),
        PhoneCase("+54 9 (011) 5555-2001", "5491155552001", "trunk 0 behind the 9"),
        PhoneCase("+54 9 11 15 5555-2001", "5491155552001", "both signs at once"),
        PhoneCase("+54 0341 15 555-2001", "5493415552001", "trunk 0 and 15, Rosario"),
        PhoneCase("+54 2966 15 55-2001", "5492966552001", "four-digit area code, Río Gallegos"),
        PhoneCase("11 15-5555-2001", "5491155552001", "national format of Argentina", in: "54"),
        PhoneCase("011 15-5555-2001", "5491155552001", "letterhead of Buenos Aires", in: "54"),
        PhoneCase("(0341) 15-555-2001", "5493415552001", "letterhead of Rosario", in: "54"),
        PhoneCase("02966 15-55-2001", "5492966552001", "letterhead of Río Gallegos", in: "54"),
        PhoneCase("9 11 5555-2001", "5491155552001", "web form that asks for the 9", in: "54"),
        PhoneCase("011 4555-2001", "541145552001", "fixed line in Buenos Aires", in: "54"),
        PhoneCase("0351 455-2001", "543514552001", "fixed line in Córdoba", in: "54"),
        PhoneCase("54 11 15 5555-2001", "5491155552001", "code and 15, no plus", in: "54"),
        PhoneCase("15 5555-2001", .noDDD, "said among neighbours: no area code", in: "54"),
        PhoneCase("15-55-2001", .tooShort, "no area code, six digits", in: "54"),
        PhoneCase("5555-2001", .tooShort, "no area code, fixed line", in: "54"),
        PhoneCase("0800 555 2001", .serviceNumber, "toll-free, Argentina", in: "54"),
        PhoneCase("0810 555 2001", .serviceNumber, "shared cost, Argentina", in: "54"),
        PhoneCase("+54 9 11 5555-20011", .tooLong, "a digit too many"),
        PhoneCase("+54 11 5555-20011", .tooLong, "a digit too many, no sign of a mobile number"),
        PhoneCase("+54 9 11 5555-200", .tooShort, "a digit missing"),
        PhoneCase("+54 9 41 5555-2001", .unknownDDD, "no area code begins with 4"),
    ]
}
