module.exports = { nameOf: String };
