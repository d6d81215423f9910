// Answers each request of this route; what it remembers lasts while the server runs.
let count = 0;

module.exports = (req, res) => {
  count += 1;
  console.log(req.method, req.url);
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ url: req.url, count }) + '\n');
};
