//! An object of JSON whose values are not read yet.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::read::fields::same_name;

/// The fields of an object in the order given, their values unread.
pub(crate) struct Object<'a> {
    /// Name and value.
    pub(crate) fields: Vec<(String, &'a RawValue)>,
}

impl<'a> Object<'a> {
    /// Reads an object; the error says what is wrong with the JSON, and where.
    pub(crate) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The value of the first field that goes by a name.
    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.position(name).map(|at| self.fields[at].1)
    }

    /// Which is the first field that goes by a name.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|(field, _)| same_name(field, name))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object { fields })
            }
        }
        deserializer.deserialize_map(Fields)
    }
}
