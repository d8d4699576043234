/// The names of the columns that mean something to us. Where no column has that name, a whole number is the column's place,
/// counted from 1; `none` is no column, whatever the columns are called.
package struct ColumnNames: Hashable, Sendable, Codable {
    /// The column with the phone number.
    package var phone: String?
    /// The column with the contact's name.
    package var name: String?
    /// The column with the seconds that the call should ring.
    package var callDuration: String?
    /// The column with the area code (DDD), where it is not in front of the number.
    package var ddd: String?
    /// The column with the country calling code (DDI), where it is not in front of the number.
    package var ddi: String?

    /// Names as given; nil is "detect it".
    package init(
        phone: String? = nil,
        name: String? = nil,
        callDuration: String? = nil,
        ddd: String? = nil,
        ddi: String? = nil
    ) {
        self.phone = phone
        self.name = name
        self.callDuration = callDuration
        self.ddd = ddd
        self.ddi = ddi
    }

    /// These names, and where `others` has one, that one: an option goes before the campaign file.
    package func merging(_ others: ColumnNames) -> ColumnNames {
        ColumnNames(
            phone: others.phone ?? phone,
            name: others.name ?? name,
            callDuration: others.callDuration ?? callDuration,
            ddd: others.ddd ?? ddd,
            ddi: others.ddi ?? ddi
        )
    }

    var byMeaning: [ContactColumn: String] {
        var names: [ContactColumn: String] = [:]
        names[.phone] = phone
        names[.name] = name
        names[.callDuration] = callDuration
        names[.ddd] = ddd
        names[.ddi] = ddi
        return names
    }
}
