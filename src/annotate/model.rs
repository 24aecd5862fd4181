pub struct Model;
impl Model {
    pub fn embedded() -> Result<&'static Model, crate::error::Error> {
        Ok(&Model)
    }
}
